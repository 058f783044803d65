/** Work that outlives the request that asked for it: begun once for each id, and left as it runs or has ended. */

import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import { TASK_QUEUE } from '../../workflows/messages.ts'
import type { Deps } from '../context/deps.ts'

export const startOnce = async (
  { temporal }: Pick<Deps, 'temporal'>,
  workflow: 'broadcastWorkflow' | 'handoverWorkflow' | 'batchWorkflow',
  id: string,
  input: object,
): Promise<void> => {
  try {
    await temporal.workflow.start(workflow, {
      workflowId: id,
      taskQueue: TASK_QUEUE,
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
}
