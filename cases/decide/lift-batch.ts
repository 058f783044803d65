import { decided, runOf } from '../progress/draft.ts'
import { settle } from '../progress/settle.ts'
import { stopRun } from '../progress/start-runs.ts'
import { holdsRole } from '../who-may.ts'
import type { Decision } from '../world.ts'
import { placeOfCase } from './assign.ts'
import { type Asked, begin, refused } from './asked.ts'

/** What a batch began here and is still open stops; what it held gets back what was left. What has ended stays ended. */
export function liftBatch(asked: Asked<'lift_batch'>): Decision {
  const { state, world, action, act } = asked
  if (state.status === 'closed') return refused({ code: 'case_closed' })
  const [run] = Object.entries(state.runs).find(
    ([, one]) => one.status === 'open' && one.key === act.batch && one.procedure.id === act.procedure,
  ) ?? ['']
  const begins = runOf(state, world, run)?.procedure.begins ?? []
  const by = begins.flatMap((way) => (way.kind === 'batch' ? way.by : []))
  if (by.length === 0) return refused({ code: 'not_found' })
  const place = placeOfCase(asked)
  const role = by.find((one) => holdsRole(action.by, one, place, world.settings.places))
  if (role === undefined) return refused({ code: 'role_required', who: by.map((one) => ({ role: one, place })) })
  const draft = begin(asked, role)
  stopRun(draft, run, 'lifted')
  settle(draft)
  return decided(draft)
}
