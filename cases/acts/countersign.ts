import { decided, type Work } from '../progress/draft.ts'
import { endStep } from '../progress/end-step.ts'
import { settle } from '../progress/settle.ts'
import type { StepState } from '../state.ts'
import { consentsMissing, signers, signingRole } from '../who-countersigns.ts'
import { isRefusal, openWork } from '../why-not.ts'
import type { ActRules, May, Pointing } from './act.ts'
import { begin, refused } from './asked.ts'

type Proposed = NonNullable<StepState['proposed']>

function may({ state, world, action, act }: Pointing<'countersign'>): May<{ work: Work; proposed: Proposed }> {
  const work = openWork(state, act.step, action.by, world)
  if (isRefusal(work)) return work
  const { proposed } = work.step
  if (!proposed) return { code: 'not_found' }
  const missing = consentsMissing(state, work, world)
  if (missing.length > 0) return { code: 'gate_closed', gates: missing }
  const role = signingRole(state, work, action.by, world)
  return role === null ? { code: 'second_person_required', who: signers(state, work, world) } : { role, work, proposed }
}

/** The second signature: what was proposed out of turn happens now. */
export const countersign: ActRules<'countersign'> = {
  may,
  decide(asked) {
    const allowed = may(asked)
    if (isRefusal(allowed)) return refused(allowed)
    const { role, work, proposed } = allowed
    const { outcome, answers, personal, absent } = proposed
    const draft = begin(asked, role)
    endStep(draft, work, {
      outcome,
      answers,
      personal,
      absent,
      evidence: {},
      via: asked.action.via,
      onBehalfOf: null,
      how: 'override',
    })
    settle(draft)
    return decided(draft)
  },
}
