/** A handover: on its day all work goes to the successors, and on the day of the return it comes back. */

import { condition, proxyActivities, setHandler } from '@temporalio/workflow'
import { dateSignal, type HandoverInput } from './messages.ts'
import { type Part, untilNoneLeft } from './until-none-left.ts'

interface HandoverActivities {
  moveWork(input: { handover: string; way: 'over' | 'back'; limit: number }): Promise<Part>
}
const { moveWork } = proxyActivities<HandoverActivities>({
  startToCloseTimeout: '30 seconds',
  // After a killed worker the rest is taken up when this is over.
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '1 minute' },
})
const AT_A_TIME = 20

export async function handoverWorkflow({ handover, begins, returns, offsetMs }: HandoverInput): Promise<void> {
  let offset = offsetMs
  setHandler(dateSignal, (moved) => void (offset = Math.max(offset, moved.offsetMs)))

  await reached(begins)
  await untilNoneLeft(() => moveWork({ handover, way: 'over', limit: AT_A_TIME }))
  if (returns === null) return
  await reached(returns)
  await untilNoneLeft(() => moveWork({ handover, way: 'back', limit: AT_A_TIME }))

  /** Business time: a training installation moves its date while this waits. */
  async function reached(instant: number): Promise<void> {
    const left = (): number => instant - (Date.now() + offset)
    while (left() > 0) {
      const known = offset
      await condition(() => offset !== known, left())
    }
  }
}
