import type { Work } from '../progress/draft.ts'
import type { Filled } from '../actions.ts'
import { evidenceErrors, fieldErrors } from '../answers.ts'
import { budgetErrors } from '../budgets.ts'
import { basisOf } from '../basis.ts'
import { circumstances } from '../circumstances.ts'
import { namesLater } from '../conditions.ts'
import { decided, workOf } from '../progress/draft.ts'
import { endStep } from '../progress/end-step.ts'
import { settle } from '../progress/settle.ts'
import type { FieldError } from '../refusals.ts'
import { view } from '../view.ts'
import { actingRole } from '../who-may.ts'
import { isRefusal, openWork, whyNot } from '../why-not.ts'
import type { Decision } from '../world.ts'
import { type Asked, type Asking, begin, happenedAt, happenedErrors, refused } from './asked.ts'

export function completeStep(asked: Asked<'complete_step'>): Decision {
  const { state, world, action, act } = asked
  const work = openWork(state, act.step, action.by, world)
  if (isRefusal(work)) return refused(work)
  const not = whyNot(state, work, action.by, world)
  if (not) return refused(not)
  if (act.basis !== null || work.rule.kind === 'decision') {
    const basis = basisSeen(asked, work)
    if (act.basis !== basis) return refused({ code: 'changed_since_seen', basis })
  }
  const opened = work.step.openedAt ?? 0
  const errors = [
    ...happenedErrors(action, opened, world.now),
    ...outcomeErrors(work, act.outcome),
    ...formErrors(asked, work, act),
  ]
  if (errors.length > 0) return refused({ code: 'answers_invalid', errors })

  const role = actingRole(state, work, action.by, world.settings.places) ?? ''
  const draft = begin(asked, role, happenedAt(action, opened, world.now))
  const { outcome, answers, personal, absent, evidence } = act
  endStep(draft, work, {
    outcome,
    answers,
    personal,
    absent,
    evidence,
    via: action.via,
    onBehalfOf: act.onBehalfOf,
    how: 'act',
  })
  settle(draft)
  return decided(draft)
}

/** Whoever may act without reading the run saw another basis than whoever reads it. */
function basisSeen({ state, world, action }: Asking, work: Work): string {
  const seen = view(state, action.by, world)
  return basisOf(seen, workOf(seen, world, work.item) ?? work)
}

/** Outcomes that only time or a used-up bound brings are not offered. */
function outcomeErrors(work: Work, outcome: string): FieldError[] {
  const rule = work.rule.outcomes[outcome]
  const expected = Object.entries(work.rule.outcomes).flatMap(([id, one]) => (one.byHand ? [id] : []))
  if (rule?.byHand) return []
  return [{ pointer: '/outcome', code: rule ? 'not_offered' : 'unknown_outcome', expected }]
}

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
