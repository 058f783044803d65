import { decided, runOf } from '../progress/draft.ts'
import { settle } from '../progress/settle.ts'
import { stopRun } from '../progress/start-runs.ts'
import { holdsRole, placeOfCase } from '../who-may.ts'
import { isRefusal } from '../why-not.ts'
import type { ActRules, May, Pointing } from './act.ts'
import { begin, refused } from './asked.ts'

/** Those who could have begun the batch here. */
function may(asked: Pointing<'lift_batch'>): May<{ run: string }> {
  const { state, world, action, act } = asked
  if (state.status === 'closed') return { code: 'case_closed' }
  const [run] = Object.entries(state.runs).find(
    ([, one]) => one.status === 'open' && one.key === act.batch && one.procedure.id === act.procedure,
  ) ?? ['']
  const begins = runOf(state, world, run)?.procedure.begins ?? []
  const by = begins.flatMap((way) => (way.kind === 'batch' ? way.by : []))
  if (by.length === 0) return { code: 'not_found' }
  const place = placeOfCase(asked)
  const role = by.find((one) => holdsRole(action.by, one, place, world.settings.places))
  return role === undefined ? { code: 'role_required', who: by.map((one) => ({ role: one, place })) } : { role, run }
}

/** What a batch began here and is still open stops; what it held gets back what was left. What has ended stays ended. */
export const liftBatch: ActRules<'lift_batch'> = {
  may,
  decide(asked) {
    const allowed = may(asked)
    if (isRefusal(allowed)) return refused(allowed)
    const draft = begin(asked, allowed.role)
    stopRun(draft, allowed.run, 'lifted')
    settle(draft)
    return decided(draft)
  },
}
