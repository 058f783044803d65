import { pays } from '../budgets.ts'
import { decided, emit, type Work, workOf } from '../progress/draft.ts'
import { releaseHolds } from '../progress/holds.ts'
import { stepsAgain } from '../progress/send-back.ts'
import { settle } from '../progress/settle.ts'
import { supervises, supervisorOf } from '../who-may.ts'
import { seesRun } from '../who-sees.ts'
import { isRefusal } from '../why-not.ts'
import type { ActRules, May, Pointing } from './act.ts'
import { begin, refused } from './asked.ts'

/** A supervisor, while the run is open. A payment is not done again: it is corrected. */
function may({ act, ...asked }: Pointing<'reopen_step'>): May<{ work: Work }> {
  const { state, world, action } = asked
  if (state.status === 'closed') return { code: 'case_closed' }
  const work = workOf(state, world, act.step)
  if (!work || !seesRun(work.run, state, action.by, world.settings.places)) return { code: 'not_found' }
  const place = work.step.place ?? null
  const role = supervises(asked, place)
  if (role === null) return supervisorOf(place)
  const ended = work.step.status === 'done' && work.round === work.step.round
  if (work.run.status !== 'open' || !ended || pays(work.rule.form))
    return { code: 'step_not_open', item: act.step, opens: null }
  return { role, work }
}

/**
 * A supervisor has a step done again: ended by mistake, or overtaken by events. What hung below it and was not needed is
 * asked again; what others have done since stays done, and facts stay until the step sets them anew.
 */
export const reopenStep: ActRules<'reopen_step'> = {
  may,
  decide(asked) {
    const { act } = asked
    const allowed = may(asked)
    if (isRefusal(allowed)) return refused(allowed)
    const { role, work } = allowed
    const draft = begin(asked, role)
    const steps = stepsAgain(work, work.rule.id)
    for (const id of steps) releaseHolds(draft, `${work.runId}.${id}.${work.run.steps[id]?.round ?? 0}`)
    emit(draft, { kind: 'step_reopened', item: act.step, steps, within: [act.within], reason: act.reason })
    settle(draft)
    return decided(draft)
  },
}
