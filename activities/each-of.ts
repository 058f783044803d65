/** One act for each of many cases, a few side by side, for as long as the activity is wanted. */

import { Context } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'

const SIDE_BY_SIDE = 5
/** How many are offered to `eachOf` at once: more than one part, so that cases to be revived do not stand before others. */
export const LOOKED_AT = 1_000
/** Well within the heartbeat timeout of the activities that act on many cases. */
const BEAT_MS = 3_000

/** An open case whose workflow is not there: nothing was done, and nothing can be before it is revived. */
export class CaseWithoutWorkflow extends Error {
  readonly code = 'case_without_workflow'
}

/**
 * Acts on up to `limit` of these. Cases without a workflow are passed over; when only such are left it fails as
 * `case_without_workflow`, to be tried again. Cancelled, timed out or with its worker, it takes nothing more up.
 */
export async function eachOf<T>(all: T[], limit: number, one: (each: T) => Promise<void>): Promise<void> {
  const context = Context.current()
  const waiting = [...all]
  let [acted, passed] = [0, 0]
  const next = async (): Promise<void> => {
    while (acted < limit) {
      const each = waiting.shift()
      if (each === undefined) return
      context.cancellationSignal.throwIfAborted()
      acted += 1
      try {
        await one(each)
      } catch (error) {
        if (!(error instanceof CaseWithoutWorkflow)) throw error
        acted -= 1
        passed += 1
      }
    }
  }
  const beat = setInterval(() => context.heartbeat(), BEAT_MS)
  const guarded = (): Promise<void> =>
    next().catch((error: unknown) => {
      waiting.splice(0)
      throw context.cancellationSignal.aborted ? context.cancellationSignal.reason : error
    })
  // Until all have ended: none goes on behind an activity that has failed.
  const ended = await Promise.allSettled(Array.from({ length: SIDE_BY_SIDE }, guarded))
  clearInterval(beat)
  const broken = ended.find((each) => each.status === 'rejected')
  if (broken) throw broken.reason
  if (acted === 0 && passed > 0) {
    throw ApplicationFailure.create({
      type: 'case_without_workflow',
      message: `${passed} open cases have no workflow: revive them`,
    })
  }
}
