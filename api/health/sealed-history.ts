/** Whether what the engine keeps of a case is encrypted: payloads that it or its library wrote for themselves are not ours. */

import type { Client } from '@temporalio/client'
import { caseWorkflowId } from '../../workflows/messages.ts'

const EVENTS = 100
const WITHIN_MS = 3_000
const SEALED = 'binary/encrypted'
/** What workflows are found by; and, in the marker of a local activity, its name and times beside its sealed `result`. */
const OF_THE_ENGINE = new Set(['searchAttributes', 'data'])

/** Of the run that goes on, its first events; true where nothing runs or nobody answers: that is for others to find. */
export async function isHistorySealed(temporal: Client, caseId: string): Promise<boolean> {
  const answer = await temporal.connection
    .withDeadline(Date.now() + WITHIN_MS, async () =>
      temporal.workflowService.getWorkflowExecutionHistory({
        namespace: temporal.options.namespace,
        execution: { workflowId: caseWorkflowId(caseId) },
        maximumPageSize: EVENTS,
      }),
    )
    .catch(() => null)
  return encodingsIn(answer?.history?.events ?? []).every((one) => one === SEALED)
}

function encodingsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return []
  if ('metadata' in value && 'data' in value && value.data instanceof Uint8Array) return [encodingOf(value.metadata)]
  return Object.entries(value).flatMap(([name, member]) => (OF_THE_ENGINE.has(name) ? [] : encodingsIn(member)))
}
function encodingOf(metadata: unknown): string {
  const encoding =
    typeof metadata === 'object' && metadata !== null && 'encoding' in metadata ? metadata.encoding : null
  return encoding instanceof Uint8Array ? Buffer.from(encoding).toString() : ''
}
