import { decided, emit, workOf } from '../progress/draft.ts'
import { releaseHolds } from '../progress/holds.ts'
import { stepsAgain } from '../progress/send-back.ts'
import { pays } from '../budgets.ts'
import { settle } from '../progress/settle.ts'
import { seesRun } from '../who-may.ts'
import type { Decision } from '../world.ts'
import { supervises, supervisorOf } from './assign.ts'
import { type Asked, begin, refused } from './asked.ts'

/**
 * A supervisor has a step done again: ended by mistake, or overtaken by events. What hung below it and was not needed is
 * asked again; what others have done since stays done, and facts stay until the step sets them anew. A payment is not
 * done again: it is corrected.
 */
export function reopenStep(asked: Asked<'reopen_step'>): Decision {
  const { state, world, action, act } = asked
  if (state.status === 'closed') return refused({ code: 'case_closed' })
  const work = workOf(state, world, act.step)
  if (!work || !seesRun(work.run, state, action.by, world.settings.places)) return refused({ code: 'not_found' })
  const place = work.step.place ?? null
  const role = supervises(asked, place)
  if (role === null) return refused(supervisorOf(place))
  const ended = work.step.status === 'done' && work.round === work.step.round
  if (work.run.status !== 'open' || !ended || pays(work.rule.form))
    return refused({ code: 'step_not_open', item: act.step, opens: null })
  const draft = begin(asked, role)
  const steps = stepsAgain(work, work.rule.id)
  for (const id of steps) releaseHolds(draft, `${work.runId}.${id}.${work.run.steps[id]?.round ?? 0}`)
  emit(draft, { kind: 'step_reopened', item: act.step, steps, within: [act.within], reason: act.reason })
  settle(draft)
  return decided(draft)
}
