/** Cases whose workflow task fails again and again: the engine says so after a few tries, about a minute. */

import type { Client } from '@temporalio/client'
import { caseWorkflowId } from '../../workflows/messages.ts'

const REPORTED = `TemporalReportedProblems in ('category=WorkflowTaskFailed', 'category=WorkflowTaskTimedOut')`
const PREFIX = caseWorkflowId('')
const MOST = 50
const WITHIN_MS = 3_000

/** Ids of cases; null when the engine does not answer. */
export async function poisonedCases(temporal: Client): Promise<string[] | null> {
  try {
    const { executions } = await temporal.connection.withDeadline(Date.now() + WITHIN_MS, () =>
      temporal.workflowService.listWorkflowExecutions({
        namespace: temporal.options.namespace,
        query: `ExecutionStatus = 'Running' and ${REPORTED}`,
        pageSize: MOST,
      }),
    )
    return (executions ?? []).flatMap(({ execution }) => {
      const id = execution?.workflowId ?? ''
      return id.startsWith(PREFIX) ? [id.slice(PREFIX.length)] : []
    })
  } catch {
    return null
  }
}
