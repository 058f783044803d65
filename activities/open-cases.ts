import { WithStartWorkflowOperation } from '@temporalio/client'
import { openCaseRow } from '../database/ledger.ts'
import { actUpdate, caseWorkflowId, TASK_QUEUE, type WantedCase } from '../workflows/messages.ts'
import { newCaseInput } from './case-input.ts'
import type { Tools } from './tools.ts'

const AT_ONCE = 5

/** Opens the cases of an arrival's rows. Ids and numbers were given with the row, so a retry opens nothing twice. */
export const openCases =
  (tools: Tools) =>
  async (wanted: WantedCase[]): Promise<void> => {
    for (let first = 0; first < wanted.length; first += AT_ONCE) {
      await Promise.all(wanted.slice(first, first + AT_ONCE).map((one) => openOne(tools, one)))
    }
  }

async function openOne(tools: Tools, { caseId, number, arrival, opening }: WantedCase): Promise<void> {
  const free = await openCaseRow(tools.sql, tools.ring, { caseId, number, subject: 'case', arrival })
  if (!free) throw new Error('the number of this row belongs to another case')
  const [row] = await tools.sql<{ headSeq: number }[]>`select head_seq from cases where case_id = ${caseId}`
  if (row && row.headSeq > 0) return
  const startWorkflowOperation = new WithStartWorkflowOperation('caseWorkflow', {
    workflowId: caseWorkflowId(caseId),
    taskQueue: TASK_QUEUE,
    args: [await newCaseInput(tools, caseId)],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
  })
  await tools.temporal.workflow.executeUpdateWithStart(actUpdate, {
    updateId: opening.id,
    args: [opening],
    startWorkflowOperation,
  })
}
