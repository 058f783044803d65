/** The bodies that say what became of an act: recorded, accepted, or only previewed. */

import type { Action, ActName } from '../../cases/actions.ts'
import type { Entry, ItemId } from '../../cases/events.ts'
import { evolvedBy, fold } from '../../cases/evolve/index.ts'
import type { CaseState } from '../../cases/state.ts'
import { entriesIn, view } from '../../cases/view.ts'
import { isRefusal, openWork, whyNot } from '../../cases/why-not.ts'
import { fullInstantText } from '../../cases/words/dates.ts'
import type { World } from '../../cases/world.ts'
import type { Deps } from '../context/deps.ts'
import { problem } from '../problems/problem.ts'
import { changesBy } from '../texts/changes.ts'
import { effectsOf } from '../texts/effects.ts'
import { partnerIn } from '../texts/entries.ts'
import { noticeOfRung } from '../case/notice-id.ts'
import { partnerNames } from '../texts/names.ts'
import { type LoadedCase, entriesOf } from '../case/load-case.ts'
import { answerParts, type Telling, titleOf } from './answer-parts.ts'
import type { Rehearsal } from './rehearse.ts'
import type { ActionBody } from './schema.ts'
import { ACCEPTED_TEXT, CONFIRM, KEY_USED, PREVIEW_TEXT } from './answer-texts.ts'
import { actText } from './table.ts'

const iso = (at: number): string => new Date(at).toISOString()

const tellingOf = (
  loaded: LoadedCase,
  entries: Entry[],
  before: CaseState,
  after: CaseState,
  world: World,
): Telling => {
  const viewer = loaded.session.principal
  const seen = view(after, viewer, world)
  const mayAct = (item: ItemId): boolean => {
    const work = openWork(after, item, viewer, world)
    return !isRefusal(work) && whyNot(after, work, viewer, world) === null
  }
  return {
    entries: entriesIn(seen, entries),
    before: view(before, viewer, world),
    after: seen,
    world,
    language: loaded.language,
    labels: loaded.labelsOf(seen),
    mayAct,
    noticeOf: (clock, rung) => noticeOfRung(loaded, clock, rung),
  }
}

const sentence = (act: ActName, telling: Telling, told: ReturnType<typeof answerParts>): string => {
  const about = telling.entries.find(({ event }) => 'item' in event && typeof event.item === 'string')?.event
  const item = about !== undefined && 'item' in about && typeof about.item === 'string' ? about.item : null
  return actText(
    act,
    {
      step: told.ended[0]?.title ?? (item === null ? null : titleOf(telling, item)),
      outcome: told.ended[0]?.outcome.label ?? null,
      deadline: told.clocks[0]?.text ?? null,
    },
    telling.language,
  )
}

/** Splits the ledger around an action: the state before it, its entries, and the state after. */
const around = async (deps: Deps, loaded: LoadedCase, from: number, to: number) => {
  const behind = loaded.state.seq < from
  const entries = await entriesOf(deps, loaded.caseId, behind ? loaded.state.seq : 0, to)
  const before = entries.filter((entry) => entry.seq < from)
  const own = entries.filter((entry) => entry.seq >= from)
  const start = behind ? evolvedBy(loaded.state, before) : fold(loaded.caseId, before)
  return { own, before: start, after: evolvedBy(start, own) }
}

/** The same for a first answer and for every repeat: told from the ledger, as of when it was recorded. */
export const recordedBody = async (
  deps: Deps,
  loaded: LoadedCase,
  action: Pick<Action, 'id' | 'digest'>,
  key: string,
  { fromSeq, toSeq }: { fromSeq: number; toSeq: number },
): Promise<ActionBody> => {
  const { own, before, after } = await around(deps, loaded, fromSeq, toSeq)
  const taken = own.find(({ event }) => event.kind === 'action_taken')
  if (taken?.event.kind !== 'action_taken') throw problem('unknown')
  const world: World = { ...loaded.world, now: taken.recorded }
  const telling = tellingOf(loaded, own, before, after, await loaded.withProceduresOf(after, world))
  const told = answerParts(telling)
  const act = taken.event.act as ActName
  const text = sentence(act, telling, told)
  if (taken.event.digest !== action.digest) {
    const detail = KEY_USED[loaded.language](fullInstantText(taken.recorded, loaded.language), text)
    throw problem('key_reused', { detail: () => detail, more: { first: receiptHref(loaded, key) } })
  }
  return {
    key,
    act,
    status: 'recorded',
    text,
    happened: iso(taken.at),
    received: iso(taken.event.received),
    recorded: iso(taken.recorded),
    ...told,
  }
}

/** What an act points at is repeated in its confirmation; what was filled is sent again by whoever filled it. */
const POINTS_AT: ReadonlySet<string> = new Set(['step', 'clock', 'consent', 'procedure', 'case', 'basis'])

/** `sent`: the body that is tried, and is confirmed if its effects are wished. */
export const previewBody = async (
  deps: Deps,
  loaded: LoadedCase,
  act: ActName,
  sent: object,
  rehearsed: Extract<Rehearsal, { kind: 'events' }>,
): Promise<ActionBody> => {
  const { entries, before, after } = rehearsed
  const telling = tellingOf(loaded, entries, before, after, await loaded.withProceduresOf(after, loaded.world))
  const changes = await changesBy(deps, loaded, entries)
  const names = Object.keys(sent)
  const confirm = {
    act,
    label: CONFIRM[loaded.language],
    method: 'POST',
    href: receiptHref(loaded, act),
    body: Object.fromEntries(Object.entries(sent).filter(([name]) => POINTS_AT.has(name))),
    fill: names.filter((name) => !POINTS_AT.has(name)),
  }
  const partner = await partnerNames(deps, telling.entries.map(partnerIn))
  const effects = effectsOf({
    ...telling,
    events: telling.entries.map(({ event }) => event),
    labels: { ...loaded.labelsOf(telling.after), partner },
  })
  const told = {
    ...answerParts(telling),
    effects: effects.map((one) => ({ ...one })),
    ...(changes.length > 0 ? { changes: changes.map((one) => ({ ...one })) } : {}),
    confirm,
  }
  return { act, status: 'preview', text: PREVIEW_TEXT[loaded.language], ...told }
}

export const receiptHref = ({ number, state }: Pick<LoadedCase, 'number' | 'state'>, key: string): string =>
  `/api/v1/${state.subject === 'arrival' ? 'arrivals' : 'cases'}/${number}/actions/${key}`

export const acceptedBody = (loaded: LoadedCase, act: ActName, key: string): ActionBody => ({
  key,
  act,
  status: 'accepted',
  text: ACCEPTED_TEXT[loaded.language],
  href: receiptHref(loaded, key),
})

/** `Prefer: return=minimal`: only what a machine needs to go on. */
const smaller = ({ key, act, status, opened, href }: ActionBody): ActionBody => ({
  ...(key === undefined ? {} : { key }),
  act,
  status,
  ...(opened === undefined ? {} : { opened: opened.map(({ id }) => ({ id })) }),
  ...(href === undefined ? {} : { href }),
})

/** Less of an answer where little is preferred, and a header that says so: for a first answer and every repeat alike. */
export const asPreferred = <H extends Record<string, string>>(minimal: boolean, body: ActionBody, headers: H) =>
  minimal ? { body: smaller(body), headers: { ...headers, 'Preference-Applied': 'return=minimal' } } : { body, headers }
