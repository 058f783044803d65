/** What the viewer may do with an item now, and what not, why, and who could. */

import type { z } from '@hono/zod-openapi'
import { basisOf } from '../../cases/basis.ts'
import { dayOf } from '../../cases/clocks/civil.ts'
import { signingRole } from '../../cases/decide/second-signature.ts'
import { extensionOf, movedTarget } from '../../cases/decide/extend-clock.ts'
import type { Work } from '../../cases/progress/draft.ts'
import { heldFor } from '../../cases/words/held-for.ts'
import { refusalText } from '../../cases/words/refusals.ts'
import { actingRole, holdsRole } from '../../cases/who-may.ts'
import { whyNot } from '../../cases/why-not.ts'
import { spokenClock } from '../../cases/overview.ts'
import type { Clock } from '../../cases/state.ts'
import type { Term } from '../../procedures/language/compiled.ts'
import type { LoadedCase } from '../case/load-case.ts'
import type { NotNow as NotOffered, OfferedAct } from '../openapi/offered-acts.ts'
import { named } from '../texts/names.ts'

const WORDS = {
  fr: {
    complete: 'Terminer l’étape',
    decide: 'Décider',
    draft: 'Garder pour plus tard',
    note: 'Ajouter une note',
    extend: 'Prolonger',
    assign: 'Confier à quelqu’un d’autre',
    override: 'Terminer hors procédure',
    countersign: 'Contresigner la fin hors procédure',
    delegate: 'Demander à un collègue',
    reserved: (role: string) => `Réservé : ${role}`,
    used: 'La prolongation possible est épuisée',
  },
  en: {
    complete: 'Complete the step',
    decide: 'Decide',
    draft: 'Keep for later',
    note: 'Add a note',
    extend: 'Give more time',
    assign: 'Give to somebody else',
    override: 'End out of turn',
    countersign: 'Countersign the ending out of turn',
    delegate: 'Ask a colleague',
    reserved: (role: string) => `Reserved for: ${role}`,
    used: 'No more time can be given',
  },
} as const
export type Permitted = z.infer<typeof OfferedAct>
export type NotNow = z.infer<typeof NotOffered>
const SUPERVISORS = ['supervisor', 'regional_coordinator', 'national_coordination']

/** How much more time may be given, and the last day that it leads to. */
function limitsOf(clock: Clock, most: Term, { world: { settings } }: LoadedCase) {
  return { most: { amount: most.n, unit: most.unit }, latest: dayOf(movedTarget(clock, most, settings).at) }
}

/** Of a step that is open. */
export function actsOf(loaded: LoadedCase, work: Work) {
  const { number, language } = loaded
  const { principal } = loaded.session
  const words = WORDS[language]
  const step = `${number}.${work.item}`
  const base = loaded.state.subject === 'arrival' ? `/api/v1/arrivals/${number}` : `/api/v1/cases/${number}`
  const act = (name: string, label: string, body: Record<string, string>, fill: string[]): Permitted => ({
    act: name,
    label,
    method: 'POST',
    href: `${base}/actions/${name}`,
    body,
    fill,
  })
  const why = whyNot(loaded.state, work, principal, loaded.world)
  const refusal = why && heldFor(why, work.item, loaded.seen, principal, loaded.world)
  const decision = work.rule.kind === 'decision'
  const sendsBack = Object.values(work.rule.outcomes).some((one) => one.byHand && one.backTo !== undefined)
  const complete = act(
    'complete_step',
    decision ? words.decide : words.complete,
    decision ? { step, basis: basisOf(loaded.state, work) } : { step },
    ['outcome', 'answers', 'evidence', ...(sendsBack ? ['remarks'] : [])],
  )
  const { places } = loaded.world.settings
  const place = work.step.place ?? null
  const supervises = SUPERVISORS.some((role) => holdsRole(principal, role, place, places))
  const spoken = spokenClock(loaded.state.clocks, work.item)
  const extension = spoken && extensionOf(work, spoken[1])
  const left = extension ? extension.most.n - spoken[1].extended.reduce((sum, term) => sum + term.n, 0) : 0
  const mayExtend = extension && holdsRole(principal, extension.by, place, places)
  const extend = spoken && act('extend_clock', words.extend, { clock: `${number}.${spoken[0]}` }, ['by', 'reason'])
  const mayCountersign =
    work.step.proposed !== undefined && signingRole(loaded.state, work, principal, loaded.world) !== null
  const mayDelegate = actingRole(loaded.state, work, principal, places) !== null
  const actions: Permitted[] = [
    ...(refusal ? [] : [complete]),
    {
      act: 'save_draft',
      label: words.draft,
      method: 'PUT',
      href: `/api/v1/work/${step}/draft`,
      body: {},
      fill: ['answers', 'evidence'],
    },
    ...(mayExtend && extend && left > 0
      ? [{ ...extend, limits: limitsOf(spoken[1], { n: left, unit: extension.most.unit }, loaded) }]
      : []),
    ...(mayDelegate ? [act('delegate', words.delegate, { step }, ['to'])] : []),
    ...(mayCountersign ? [act('countersign', words.countersign, { step }, [])] : []),
    ...(supervises ? [act('assign_step', words.assign, { step }, ['to', 'reason'])] : []),
    ...(supervises ? [act('override_step', words.override, { step }, ['outcome', 'answers', 'cause', 'reason'])] : []),
    ...(loaded.state.subject === 'case' ? [act('add_note', words.note, { step }, ['text'])] : []),
  ]
  const labels = loaded.labelsOf(loaded.state)
  const who = (role: string) => [
    { role: named(role, labels.role), place: place === null ? null : named(place, labels.place) },
  ]
  const notNow: NotNow[] = [
    ...(refusal
      ? [
          {
            act: 'complete_step',
            label: complete.label,
            why: refusalText(refusal, language, labels).detail,
            who: 'who' in refusal ? refusal.who.flatMap((one) => who(one.role)) : [],
          },
        ]
      : []),
    ...(extension && (!mayExtend || left <= 0)
      ? [
          {
            act: 'extend_clock',
            label: words.extend,
            why: left <= 0 ? words.used : words.reserved(labels.role(extension.by)),
            who: left <= 0 ? [] : who(extension.by),
          },
        ]
      : []),
  ]
  return { actions, not_now: notNow }
}
