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
import { offeredOnEnded, offeredOnItem, type Permitted } from './offered.ts'
import { type FormTexts, stepTexts, textOf, withNames } from '../texts/form-texts.ts'
import { fieldReasonsOf } from '../texts/field-reasons.ts'
import type { LoadedCase } from '../case/load-case.ts'
import { withoutTelephones } from './training-telephones.ts'
import { refusalProblem } from './refusal-to-problem.ts'
import { changesSinceSeen } from './changes-since-seen.ts'

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
  loaded: LoadedCase,
  refusal: Refusal,
  { item, draft }: RefusedAct,
  errors: FieldError[],
): Promise<boolean> => {
  if (item === null || draft === null || !KEPT.has(refusal.code)) return false
  const content = { ...draft, answers: withoutTelephones(draft.answers, errors) }
  const at = { caseId: loaded.caseId, item, user: loaded.session.user }
  await saveDraft(deps.sql, deps.ring, { ...at, content, at: deps.realNow() })
  return true
}

/** What the viewer may do with the step instead. */
const possible = (loaded: LoadedCase, item: string | null): Permitted[] => {
  const work = item === null ? null : workOf(loaded.seen, loaded.world, item)
  if (!work || work.round !== work.step.round) return []
  return work.step.status === 'open' ? offeredOnItem(loaded, work).actions : offeredOnEnded(loaded, work)
}

/** Everything goes on in the older case. */
const mergedProblem = (number: string): Problem =>
  problem('case_merged', {
    detail: { fr: `Continuez dans le dossier ${number}.`, en: `Go on in case ${number}.` },
    more: { merged_into: { number, href: `/api/v1/cases/${number}` } },
  })

const textsOf = ({ country }: Deps, { seen }: LoadedCase, { item, procedure }: RefusedAct): FormTexts => {
  const parts = item === null ? null : parseItem(item)
  const step = textOf(country, seen.runs[parts?.run ?? '']?.procedure.id ?? '', parts?.step ?? '')
  return step ? stepTexts(step) : { fields: country.procedures[procedure ?? '']?.inputs }
}

/** `errors` are those that the API itself found: they come together with the core's. */
export const gatherRefusal = async (
  deps: Deps,
  loaded: LoadedCase,
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
  const refusal = heldFor(all, about.item, loaded.seen, loaded.session.principal, loaded.world)
  const into = loaded.seen.facts['merged_into']
  if (refusal.code === 'case_closed' && typeof into === 'string' && into !== '') return mergedProblem(into)
  const { places } = loaded.world.settings
  const today = new Date(loaded.world.now).toISOString().slice(0, 10)
  const people = new Map<Who, { id: string; label: string }[]>()
  for (const who of whoOf(refusal)) {
    const holders = await holdersOf(deps.sql, who.role, upFrom(who.place, places), today)
    people.set(
      who,
      holders.map(({ id, name }) => ({ id, label: name })),
    )
  }
  const kept = await keepDraft(deps, loaded, refusal, about, errors)
  const since = await changesSinceSeen(deps, loaded, refusal, about)
  const labels = loaded.labelsOf(loaded.seen)
  const work = about.item === null ? null : workOf(loaded.seen, loaded.world, about.item)
  return refusalProblem(refusal, {
    language: loaded.language,
    labels,
    fieldLabel: (pointer) => labels.pointer(about.item, about.procedure, pointer),
    withNames: (error) => withNames(error, textsOf(deps, loaded, about), deps.country, loaded.language),
    because: work === null ? () => null : fieldReasonsOf(deps.country, loaded, work, about.given ?? {}),
    people: (who) => people.get(who) ?? [],
    number: loaded.number,
    kept,
    more: { actions: possible(loaded, about.item), ...since },
  })
}
