import type { Filled } from '../actions.ts'
import { evidenceErrors, fieldErrors } from '../answers.ts'
import { budgetErrors } from '../budgets.ts'
import { circumstances } from '../circumstances.ts'
import { namesLater } from '../conditions.ts'
import type { Work } from '../progress/draft.ts'
import type { FieldError } from '../refusals.ts'
import type { Asking } from './asked.ts'

/** What is wrong with the filled form of a step: its answers, its evidence, and what it would pay. */
export function formErrors(asked: Asking, work: Work, filled: Filled): FieldError[] {
  const { state, world, action } = asked
  const form = { form: filled.answers, outcome: filled.outcome }
  const names = namesLater(state, world.settings, work.run, work.runId, form)
  return [
    ...fieldErrors(work.rule.form, filled, names, circumstances(world, action.happened)),
    ...evidenceErrors(work.rule.evidence, filled.evidence, names),
    ...budgetErrors({ state, settings: world.settings, ...work }, work.rule.form, filled.answers),
  ]
}
