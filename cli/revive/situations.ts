/** In which situation each case is: what the record says of it, beside what the engine has of it. */

import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '@temporalio/client'
import { caseById } from '../../database/queries/one-case.ts'
import { type RecordedCase, recordedCases, type ReviveFilter } from '../../database/queries/revive.ts'
import { caseStateQuery, caseWorkflowId, type LiveCase } from '../../workflows/messages.ts'
import { atOnce } from '../at-once.ts'
import type { Standing } from '../process.ts'

/** What becomes of a case in each situation. */
export const SITUATIONS = {
  well: 'record and engine agree',
  raised: 'an earlier revival was cut short',
  lost: 'open in the record, nothing runs in the engine',
  behind: 'the engine knows less than the record',
  stopped: 'the workflow has stopped recording',
  silent: 'a workflow runs and does not answer',
  erased: 'its entries were erased',
  closed: 'closed in the record, still runs in the engine',
  ahead: 'the workflow knows more than the record',
} as const
export type Situation = keyof typeof SITUATIONS
export type Judged = RecordedCase & { situation: Situation }

const ASK_MS = 10_000
const SETTLE_MS = 500
const AT_ONCE = 10
const PREFIX = caseWorkflowId('')

/** Ids of the cases whose workflow runs. */
export async function runningCases(temporal: Client): Promise<Set<string>> {
  const running = new Set<string>()
  const query = "WorkflowType = 'caseWorkflow' and ExecutionStatus = 'Running'"
  for await (const { workflowId } of temporal.workflow.list({ query })) running.add(workflowId.slice(PREFIX.length))
  return running
}

/** `strangers`: workflows of cases that the record does not know. */
export async function situations(
  { sql, temporal }: Pick<Standing, 'sql' | 'temporal'>,
  filter: ReviveFilter,
): Promise<{ cases: Judged[]; strangers: number }> {
  const [running, recorded, known] = await Promise.all([
    runningCases(temporal),
    recordedCases(sql, filter),
    sql`select case_id from cases`,
  ])
  const ids = new Set(known.map((row) => String(row['case_id'])))
  const judge = async (one: RecordedCase): Promise<Judged> => ({
    ...one,
    situation: await situationOf({ sql, temporal }, one, running.has(one.caseId)),
  })
  const strangers = [...running].filter((caseId) => !ids.has(caseId)).length
  return { cases: await atOnce(recorded, AT_ONCE, judge), strangers }
}

export async function situationOf(
  tools: Pick<Standing, 'sql' | 'temporal'>,
  one: RecordedCase,
  runs: boolean,
): Promise<Situation> {
  if (one.status === 'closed') return runs ? 'closed' : 'well'
  if (one.erased) return 'erased'
  if (one.raised) return 'raised'
  if (!runs) return (await endedAfter(tools, one)) ? 'ahead' : 'lost'
  const first = await compared(tools, one)
  // Whoever acts at this moment makes the two differ: only what still does a little later counts.
  if (first !== 'ahead' && first !== 'behind') return first
  await pause(SETTLE_MS)
  return compared(tools, one)
}

/** A workflow that closed its case after the copy that the record was restored from still answers what it knew. */
async function endedAfter({ temporal }: Pick<Standing, 'temporal'>, one: RecordedCase): Promise<boolean> {
  const live = await liveCase(temporal, one.caseId)
  return live !== null && live.stopped === null && live.state.status === 'closed' && live.head.seq > one.head.seq
}

async function compared({ sql, temporal }: Pick<Standing, 'sql' | 'temporal'>, one: RecordedCase): Promise<Situation> {
  const live = await liveCase(temporal, one.caseId)
  if (!live) return 'silent'
  const head = (await caseById(sql, one.caseId))?.head ?? one.head
  if (live.head.seq > head.seq || (live.stopped !== null && live.inFlight > 0 && live.head.seq === head.seq))
    return 'ahead'
  if (live.stopped !== null || one.stopped !== null) return 'stopped'
  return live.head.hash === head.hash || live.inFlight > 0 ? 'well' : 'behind'
}

/** null when it does not answer in time, for whatever reason. */
export function liveCase(temporal: Client, caseId: string): Promise<LiveCase | null> {
  return temporal.connection
    .withDeadline(Date.now() + ASK_MS, () => temporal.workflow.getHandle(caseWorkflowId(caseId)).query(caseStateQuery))
    .catch(() => null)
}
