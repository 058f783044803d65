/** Writes again what a restored database has lost, from the workflow that wrote it: every hash is computed anew. */

import type { RecordBatch } from '../../cases/batch.ts'
import { recordBatch } from '../../database/ledger.ts'
import { caseById } from '../../database/queries/one-case.ts'
import { takeIncarnation } from '../../database/queries/revive.ts'
import { rebuildOverview } from '../../database/rebuild.ts'
import { caseStateQuery, caseWorkflowId, type KeptEntry, keptQuery } from '../../workflows/messages.ts'
import type { Reviving } from './begin.ts'

/** Entries in one transaction. */
const BATCH = 24
const ASK_MS = 10_000
const NO_ROWS: RecordBatch['overview'] = { whole: false, case: null, steps: [], goneSteps: [], runs: [] }

/** `unreachable`: the engine no longer knows the first of the lost entries. `fork`: the record tells another story. */
export type Refilled = 'done' | 'unreachable' | 'fork'

export async function refill(standing: Reviving, caseId: string): Promise<Refilled> {
  const { sql, ring, temporal } = standing
  const known = await caseById(sql, caseId)
  if (!known) return 'unreachable'
  const live = await temporal.workflow.getHandle(caseWorkflowId(caseId)).query(caseStateQuery)
  // What is in flight was confirmed to nobody: it is no part of the record.
  if (live.head.seq === known.head.seq && live.head.hash === known.head.hash) return 'done'
  const kept = await keptAfter(standing, caseId, known.head.seq)
  if (kept[0]?.sealed.entry.seq !== known.head.seq + 1) return 'unreachable'
  const { incarnation } = live.state
  await takeIncarnation(sql, caseId, incarnation)
  let expects = known.head
  for (let at = 0; at < kept.length; at += BATCH) {
    const part = kept.slice(at, at + BATCH)
    const answer = await recordBatch(sql, ring, {
      caseId,
      incarnation,
      expects,
      entries: part.map(({ sealed }) => sealed),
      overview: NO_ROWS,
      outbox: part.flatMap(({ outbox }) => outbox),
      receipts: part.flatMap(({ receipts }) => receipts),
    })
    if (answer.kind !== 'recorded') return 'fork'
    expects = { seq: answer.seq, hash: answer.hash }
  }
  await rebuildOverview(sql, ring, caseId)
  return 'done'
}

/** From the run that goes on, back through those that it continued, until nothing is missing. */
async function keptAfter({ temporal }: Reviving, caseId: string, seq: number): Promise<KeptEntry[]> {
  const workflowId = caseWorkflowId(caseId)
  const { runId: newest } = await temporal.workflow.getHandle(workflowId).describe()
  let kept: KeptEntry[] = []
  for (let runId: string | null = newest; runId !== null; runId = await before(temporal, workflowId, runId)) {
    const handle = temporal.workflow.getHandle(workflowId, runId)
    const more: KeptEntry[] = await temporal.connection
      .withDeadline(Date.now() + ASK_MS, () => handle.query(keptQuery, seq))
      .catch(() => [])
    kept = [...more, ...kept]
    if (kept[0]?.sealed.entry.seq === seq + 1) break
  }
  return kept
}

/** The run that this one continued; null for the first, and for one that the engine has forgotten. */
async function before(temporal: Reviving['temporal'], workflowId: string, runId: string): Promise<string | null> {
  const answer = await temporal.workflowService
    .getWorkflowExecutionHistory({
      namespace: temporal.options.namespace,
      execution: { workflowId, runId },
      maximumPageSize: 1,
    })
    .catch(() => null)
  const began = answer?.history?.events?.[0]?.workflowExecutionStartedEventAttributes
  return began?.continuedExecutionRunId || null
}
