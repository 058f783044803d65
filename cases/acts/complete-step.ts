import { basisOf } from '../basis.ts'
import { decided, type Work, workOf } from '../progress/draft.ts'
import { endStep } from '../progress/end-step.ts'
import { settle } from '../progress/settle.ts'
import type { FieldError } from '../refusals.ts'
import { view } from '../view.ts'
import { actingRole } from '../who-may.ts'
import { isRefusal, openWork, whyNot } from '../why-not.ts'
import type { ActRules, May, Pointing } from './act.ts'
import { type Asking, begin, happenedAt, happenedErrors, refused } from './asked.ts'
import { formErrors } from './form-errors.ts'

function may({ state, world, action, act }: Pointing<'complete_step'>): May<{ work: Work }> {
  const work = openWork(state, act.step, action.by, world)
  if (isRefusal(work)) return work
  const role = actingRole(state, work, action.by, world.settings.places) ?? ''
  return whyNot(state, work, action.by, world) ?? { role, work }
}

export const completeStep: ActRules<'complete_step'> = {
  may,
  decide(asked) {
    const { world, action, act } = asked
    const allowed = may(asked)
    if (isRefusal(allowed)) return refused(allowed)
    const { role, work } = allowed
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
  },
}

/** A caller who may act without reading the run saw another basis than its readers. */
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
