import type { Work } from '../progress/draft.ts'
import { actingRole, whoCould } from '../who-may.ts'
import { isRefusal, openWork } from '../why-not.ts'
import type { ActRules, May, Pointing } from './act.ts'
import { refused } from './asked.ts'
import { giveStep } from './give-step.ts'

function may({ state, world, action, act }: Pointing<'delegate'>): May<{ work: Work }> {
  const work = openWork(state, act.step, action.by, world)
  if (isRefusal(work)) return work
  const role = actingRole(state, work, action.by, world.settings.places)
  return role === null ? { code: 'role_required', who: whoCould(state, work) } : { role, work }
}

/** Those who may do a step may ask a colleague to do it. */
export const delegate: ActRules<'delegate'> = {
  may,
  decide(asked) {
    const allowed = may(asked)
    if (isRefusal(allowed)) return refused(allowed)
    return giveStep(asked, allowed.work, { role: allowed.role, to: asked.act.to, reason: null, delegated: true })
  },
}
