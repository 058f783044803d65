/** A batch: its procedure begins in each of its cases; or, by a workflow of its own, is lifted in each. */

import { proxyActivities } from '@temporalio/workflow'
import type { BatchInput } from './messages.ts'
import { type Part, untilNoneLeft } from './until-none-left.ts'

interface BatchActivities {
  workOnBatch(input: BatchInput & { limit: number }): Promise<Part>
}
const { workOnBatch } = proxyActivities<BatchActivities>({
  startToCloseTimeout: '30 seconds',
  // After a killed worker the rest is taken up when this is over.
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '1 minute' },
})
const AT_A_TIME = 20

export async function batchWorkflow(input: BatchInput): Promise<void> {
  await untilNoneLeft(() => workOnBatch({ ...input, limit: AT_A_TIME }))
}
