/** Begins the workflow of a case again from its ledger; whatever still runs under its name in this engine is ended. */

import { revivedCaseInput } from '../../activities/case-input.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import { caseWorkflowId, settingsSignal, TASK_QUEUE } from '../../workflows/messages.ts'
import type { Standing } from '../process.ts'

export type Reviving = Pick<Standing, 'sql' | 'ring' | 'temporal' | 'installation'>

/** False when its entries were erased. Its incarnation must have been raised. */
export async function beginAgain(standing: Reviving, caseId: string, newest: Settings): Promise<boolean> {
  const input = await revivedCaseInput(standing, caseId)
  if (!input) return false
  const handle = await standing.temporal.workflow.start('caseWorkflow', {
    workflowId: caseWorkflowId(caseId),
    taskQueue: TASK_QUEUE,
    args: [input],
    workflowIdConflictPolicy: 'TERMINATE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
  })
  if (input.settings.version < newest.version) await handle.signal(settingsSignal, newest)
  return true
}

/** What runs for a closed case began before it was closed. It may end by itself meanwhile. */
export async function endZombie({ temporal }: Reviving, caseId: string): Promise<void> {
  await temporal.workflow
    .getHandle(caseWorkflowId(caseId))
    .terminate('closed in the record')
    .catch(() => {})
}
