/** Gathers what a refusal is told with (who could do it, labels, the kept draft) and makes it a problem. */

import { parseItem } from '../../cases/item.ts'
import { upFrom } from '../../cases/places.ts'
import { workOf } from '../../cases/progress/draft.ts'
import type { FieldError, Refusal, Who } from '../../cases/refusals.ts'
import { heldFor } from '../../cases/words/held-for.ts'
import { saveDraft } from '../../database/queries/drafts.ts'
import { holdersOf } from '../../database/queries/staff.ts'
import type { Deps } from '../context/deps.ts'
import { type Problem, problem } from '../problems/problem.ts'
import { actsOf } from './offered-on-item.ts'
import { actsOnEnded } from './offered-on-ended.ts'
import { type FormTexts, stepTexts, textOf, withNames } from '../texts/form-texts.ts'
import { becauseOf } from '../texts/field-reasons.ts'
import type { CaseAtHand } from '../case/load-case.ts'
import { withoutTelephones } from './training-telephones.ts'
import { refusalProblem } from './refusal-to-problem.ts'
import { sinceSeen } from './changes-since-seen.ts'

export interface RefusedAct {
  /** The item of the case that the act is about, if any. */
  item: string | null
  /** The procedure whose inputs the answers are, when something begins. */
  procedure: string | null
  /** What its author saw of the item. */
  basis?: string | null
  /** Filled answers to keep as a draft of the item. */
  draft: { answers: Record<string, unknown>; absent: object; evidence: object } | null
  /** What was answered, with its outcome: which answer made a field required. */
  given?: Record<string, unknown>
}

const whoOf = (refusal: Refusal): Who[] => ('who' in refusal ? refusal.who : [])

const KEPT: ReadonlySet<Refusal['code']> = new Set([
  'answers_invalid',
  'step_ended',
  'step_reopened',
  'changed_since_seen',
  'gate_closed',
  'on_hold',
  'no_consent',
])

const keepDraft = async (
  deps: Deps,
  hand: CaseAtHand,
  refusal: Refusal,
  { item, draft }: RefusedAct,
  errors: FieldError[],
): Promise<boolean> => {
  if (item === null || draft === null || !KEPT.has(refusal.code)) return false
  const content = { ...draft, answers: withoutTelephones(draft.answers, errors) }
  const at = { caseId: hand.caseId, item, user: hand.session.user }
  await saveDraft(deps.sql, deps.ring, { ...at, content, at: deps.realNow() })
  return true
}

/** What the viewer may do with the step instead. */
const possible = (hand: CaseAtHand, item: string | null): object[] => {
  const work = item === null ? null : workOf(hand.seen, hand.world, item)
  if (!work || work.round !== work.step.round) return []
  return work.step.status === 'open' ? actsOf(hand, work).actions : actsOnEnded(hand, work)
}

/** Everything goes on in the older case. */
const mergedProblem = (number: string): Problem =>
  problem('case_merged', {
    detail: { fr: `Continuez dans le dossier ${number}.`, en: `Go on in case ${number}.` },
    more: { merged_into: { number, href: `/api/v1/cases/${number}` } },
  })

const textsOf = ({ country }: Deps, { seen }: CaseAtHand, { item, procedure }: RefusedAct): FormTexts => {
  const parts = item === null ? null : parseItem(item)
  const step = textOf(country, seen.runs[parts?.run ?? '']?.procedure.id ?? '', parts?.step ?? '')
  return step ? stepTexts(step) : { fields: country.procedures[procedure ?? '']?.inputs }
}

/** `errors` are those that the API itself found: they come together with the core's. */
export const refused = async (
  deps: Deps,
  hand: CaseAtHand,
  about: RefusedAct,
  found: Refusal | null,
  errors: FieldError[],
): Promise<Problem> => {
  const all: Refusal =
    found === null
      ? { code: 'answers_invalid', errors }
      : found.code === 'answers_invalid'
        ? { ...found, errors: [...found.errors, ...errors] }
        : found
  const refusal = heldFor(all, about.item, hand.seen, hand.session.principal, hand.world)
  const into = hand.seen.facts['merged_into']
  if (refusal.code === 'case_closed' && typeof into === 'string' && into !== '') return mergedProblem(into)
  const { places } = hand.world.settings
  const today = new Date(hand.world.now).toISOString().slice(0, 10)
  const people = new Map<Who, { id: string; label: string }[]>()
  for (const who of whoOf(refusal)) {
    const holders = await holdersOf(deps.sql, who.role, upFrom(who.place, places), today)
    people.set(
      who,
      holders.map(({ id, name }) => ({ id, label: name })),
    )
  }
  const kept = await keepDraft(deps, hand, refusal, about, errors)
  const since = await sinceSeen(deps, hand, refusal, about)
  const labels = hand.labelsOf(hand.seen)
  const work = about.item === null ? null : workOf(hand.seen, hand.world, about.item)
  return refusalProblem(refusal, {
    language: hand.language,
    labels,
    fieldLabel: (pointer) => labels.pointer(about.item, about.procedure, pointer),
    withNames: (error) => withNames(error, textsOf(deps, hand, about), deps.country, hand.language),
    because: work === null ? () => null : becauseOf(deps.country, hand, work, about.given ?? {}),
    people: (who) => people.get(who) ?? [],
    number: hand.number,
    kept,
    more: { actions: possible(hand, about.item), ...since },
  })
}
