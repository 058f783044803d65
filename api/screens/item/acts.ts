/** What the viewer may do with an item now, and what not, why, and who could. */

import { basisOf } from '../../../cases/basis.ts'
import { extensionOf } from '../../../cases/decide/extend-clock.ts'
import type { Work } from '../../../cases/progress/draft.ts'
import { refusalText } from '../../../cases/words/refusals.ts'
import { holdsRole } from '../../../cases/who-may.ts'
import { whyNot } from '../../../cases/why-not.ts'
import { spokenClock } from '../../../cases/overview.ts'
import type { CaseAtHand } from '../../acts/case-at-hand.ts'
import { named } from '../../words/named.ts'

const WORDS = {
  fr: {
    complete: 'Terminer l’étape',
    decide: 'Décider',
    draft: 'Garder pour plus tard',
    note: 'Ajouter une note',
    extend: 'Prolonger',
    assign: 'Confier à quelqu’un d’autre',
    override: 'Terminer hors procédure',
  },
  en: {
    complete: 'Complete the step',
    decide: 'Decide',
    draft: 'Keep for later',
    note: 'Add a note',
    extend: 'Give more time',
    assign: 'Give to somebody else',
    override: 'End out of turn',
  },
} as const
const SUPERVISORS = ['supervisor', 'regional_coordinator', 'national_coordination']

export function actsOf(hand: CaseAtHand, work: Work) {
  const { number, language } = hand
  const words = WORDS[language]
  const step = `${number}.${work.item}`
  const base = hand.state.subject === 'arrival' ? `/api/v1/arrivals/${number}` : `/api/v1/cases/${number}`
  const act = (name: string, label: string, body: object, fill: string[]) => ({
    act: name,
    label,
    method: 'POST',
    href: `${base}/actions/${name}`,
    body,
    fill,
  })
  const refusal = whyNot(hand.state, work, hand.session.principal, hand.world)
  const decision = work.rule.kind === 'decision'
  const complete = act(
    'complete_step',
    decision ? words.decide : words.complete,
    decision ? { step, basis: basisOf(hand.state, work) } : { step },
    ['outcome', 'answers', 'evidence'],
  )
  const { places } = hand.world.settings
  const place = work.step.place ?? null
  const supervises = SUPERVISORS.some((role) => holdsRole(hand.session.principal, role, place, places))
  const spoken = spokenClock(hand.state.clocks, work.item)
  const extension = spoken && extensionOf(work, spoken[1])
  const mayExtend = extension && holdsRole(hand.session.principal, extension.by, place, places)
  const extend = spoken && act('extend_clock', words.extend, { clock: `${number}.${spoken[0]}` }, ['by', 'reason'])
  const actions: object[] = [
    ...(refusal ? [] : [complete]),
    {
      act: 'save_draft',
      label: words.draft,
      method: 'PUT',
      href: `/api/v1/work/${step}/draft`,
      body: {},
      fill: ['answers', 'evidence'],
    },
    ...(mayExtend && extend
      ? [{ ...extend, limits: { most: { amount: extension.most.n, unit: extension.most.unit } } }]
      : []),
    ...(supervises ? [act('assign_step', words.assign, { step }, ['to', 'reason'])] : []),
    ...(supervises ? [act('override_step', words.override, { step }, ['outcome', 'answers', 'reason'])] : []),
    ...(hand.state.subject === 'case' ? [act('add_note', words.note, { step }, ['text'])] : []),
  ]
  const labels = hand.labelsOf(hand.state)
  const who = (role: string) => [
    { role: named(role, labels.role), place: place === null ? null : named(place, labels.place) },
  ]
  const notNow: object[] = [
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
    ...(extension && !mayExtend
      ? [{ act: 'extend_clock', label: words.extend, why: labels.role(extension.by), who: who(extension.by) }]
      : []),
  ]
  return { actions, not_now: notNow }
}
