/** Why a case waits: for whom, since when, by which rule, with the arithmetic, and what happens if nobody acts. */

import { dayOf } from '../../cases/clocks/civil.ts'
import { explain, type Waiting } from '../../cases/explain.ts'
import type { Entry } from '../../cases/events.ts'
import { workOf } from '../../cases/progress/draft.ts'
import { entriesIn } from '../../cases/view.ts'
import { holdsRole } from '../../cases/who-may.ts'
import { arithmetic } from '../../cases/words/arithmetic.ts'
import { dateText } from '../../cases/words/dates.ts'
import { loadLedger } from '../../database/ledger.ts'
import { type LoadedCase, loadCase } from '../case/load-case.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, Deps } from '../context/deps.ts'
import { CaseParam } from '../openapi/parameters.ts'
import { consequenceText } from '../texts/effects.ts'
import { named, namedOrNull, partnerNames } from '../texts/names.ts'
import { ruleText, sourceText } from '../texts/rules.ts'
import { deadlineOf, lineOf } from './deadline.ts'
import { Explanation, type ExplanationBody } from './explain-schema.ts'
import { offeredOnItem } from '../acts/offered.ts'
import { sendBackTo } from '../texts/submission.ts'
import { none, reads } from '../openapi/read-route.ts'

const route = reads({
  path: '/api/v1/cases/{case}/explain',
  operationId: 'explainCase',
  tag: 'cases',
  summary: 'Where a case waits, and why',
  schema: Explanation,
  params: CaseParam,
  query: none,
})

export const registerExplain = (app: ApiApp, deps: Deps): void => {
  app.openapi(route, async (c) => {
    const loaded = await loadCase(deps, sessionOf(c), c.var.language, c.req.valid('param').case)
    const ledger = await loadLedger(deps.sql, deps.ring, loaded.caseId)
    const all = explain(loaded.seen, loaded.world)
    const partner = await partnerNames(
      deps,
      all.map((one) => one.partner),
    )
    const telling = { deps, loaded, partner, entries: entriesIn(loaded.seen, ledger?.entries ?? []) }
    const waiting = all.filter((one) => one.state !== 'held')
    const held = all.filter((one) => one.state === 'held')
    const body: ExplanationBody = {
      number: loaded.number,
      text: summary(telling, all),
      waiting: waiting.map((one) => toldWaiting(telling, one)),
      held: held.map((one) => toldHeld(loaded, one)),
      actions: waiting.flatMap((one) => movingActs(loaded, one)),
    }
    return c.json(body, 200)
  })
}

interface Telling {
  deps: Deps
  loaded: LoadedCase
  partner: (id: string) => string
  entries: Entry[]
}

function summary({ loaded, partner }: Telling, all: Waiting[]): string {
  const fr = loaded.language === 'fr'
  if (loaded.seen.status === 'closed')
    return fr ? 'Ce dossier est clos : plus rien ne court.' : 'This case is closed: nothing runs any more.'
  const labels = loaded.labelsOf(loaded.state)
  const worst = all.toSorted((a, b) => (a.clock?.target ?? Infinity) - (b.clock?.target ?? Infinity))[0]
  if (!worst) return fr ? 'Rien n’est en attente.' : 'Nothing waits.'
  const whom = worst.partner
    ? partner(worst.partner)
    : worst.owner
      ? labels.user(worst.owner)
      : labels.role(worst.who[0]?.role ?? '')
  const since = dateText(dayOf(worst.since), loaded.language, dayOf(loaded.world.now))
  return fr
    ? `Ce dossier attend « ${labels.step(worst.item)} » (${whom}) depuis le ${since}.`
    : `This case waits for “${labels.step(worst.item)}” (${whom}) since ${since}.`
}

function toldWaiting({ deps, loaded, partner, entries }: Telling, one: Waiting): ExplanationBody['waiting'][number] {
  const labels = loaded.labelsOf(loaded.state)
  const document = deps.country.procedures[one.procedure.id]
  const work = workOf(loaded.seen, loaded.world, one.item)
  const source = document?.steps.find((step) => step.id === one.step)?.source ?? document?.source
  const within = sendBackTo(one.item, entries)?.event.within
  const rule =
    one.clock && work
      ? ruleText(deps.country, { ...loaded, work, kind: one.clock.kind, within }, loaded.language)
      : null
  return {
    step: `${loaded.number}.${one.item}`,
    title: labels.step(one.item),
    state: one.state === 'open' ? 'open' : 'waiting',
    since: new Date(one.since).toISOString(),
    for: one.partner
      ? { kind: 'partner', ...named(one.partner, partner) }
      : one.who.map((who) => ({ role: named(who.role, labels.role), place: namedOrNull(who.place, labels.place) })),
    owned_by: namedOrNull(one.owner, labels.user),
    rule: {
      text: rule,
      source: sourceText(deps.country, source, loaded.language),
      procedure: `${one.procedure.id}@${one.procedure.version}`,
      step: one.step,
    },
    deadline: one.clock && one.clockId ? deadlineOf(loaded, one.clockId, one.clock) : null,
    arithmetic: one.clock
      ? arithmetic(one.clock, loaded.world.settings, loaded.world.now, loaded.language, { entries }).map(lineOf)
      : [],
    if_nobody_acts: one.ifNobodyActs.map((next) => ({
      at: new Date(next.at).toISOString(),
      text: consequenceText(next, labels, one.item, loaded.language),
    })),
    blocked_by: one.closedGates.map(({ gate, openedBy }) => ({
      gate: named(gate, labels.gate),
      opened_by: openedBy.map((role) => named(role, labels.role)),
    })),
  }
}

const MOVING = new Set(['complete_step', 'assign_step', 'extend_clock', 'countersign'])
/** What the viewer may do so that it goes on. */
function movingActs(loaded: LoadedCase, one: Waiting): ExplanationBody['actions'] {
  const work = one.state === 'open' ? workOf(loaded.seen, loaded.world, one.item) : null
  return work ? offeredOnItem(loaded, work).actions.filter((act) => MOVING.has(act.act)) : []
}

/** Neutral words: the hold may come from something that this viewer is not to know of. Nobody is sent to themselves. */
function toldHeld(loaded: LoadedCase, one: Waiting): ExplanationBody['held'][number] {
  const labels = loaded.labelsOf(loaded.state)
  const place = workOf(loaded.seen, loaded.world, one.item)?.step.place ?? null
  const supervised = holdsRole(loaded.session.principal, 'supervisor', place, loaded.world.settings.places)
  return {
    step: `${loaded.number}.${one.item}`,
    title: labels.step(one.item),
    text: loaded.language === 'fr' ? 'En attente d’une vérification' : 'Waiting for a check',
    since: new Date(one.since).toISOString(),
    ...(supervised ? {} : { ask: { role: named('supervisor', labels.role) } }),
  }
}
