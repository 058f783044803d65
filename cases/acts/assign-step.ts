import type { Work } from '../progress/draft.ts'
import { supervises, supervisorOf } from '../who-may.ts'
import { isRefusal, openWork } from '../why-not.ts'
import type { ActRules, May, Pointing } from './act.ts'
import { refused } from './asked.ts'
import { giveStep } from './give-step.ts'

function may({ act, ...asked }: Pointing<'assign_step'>): May<{ work: Work }> {
  const work = openWork(asked.state, act.step, asked.action.by, asked.world)
  if (isRefusal(work)) return work
  const place = work.step.place ?? null
  const role = supervises(asked, place)
  return role === null ? supervisorOf(place) : { role, work }
}

/** A supervisor hands one step to one person. */
export const assignStep: ActRules<'assign_step'> = {
  may,
  decide(asked) {
    const allowed = may(asked)
    if (isRefusal(allowed)) return refused(allowed)
    const { to, reason } = asked.act
    return giveStep(asked, allowed.work, { role: allowed.role, to, reason, delegated: false })
  },
}
