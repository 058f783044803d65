/** In which situation each case is: what the record says of it, beside what the engine has of it. */

import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '@temporalio/client'
import { caseById } from '../../database/queries/one-case.ts'
import { lastRecorded, type RecordedCase, recordedCases, type ReviveFilter } from '../../database/queries/revive.ts'
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
/** By so much the clocks of engine and database may differ. */
const CLOCKS_MS = 60_000
const AT_ONCE = 10
const PREFIX = caseWorkflowId('')

/** Ids of the cases whose workflow runs. */
export const runningCases = (temporal: Client): Promise<Set<string>> => listed(temporal, "ExecutionStatus = 'Running'")

/** Those whose workflow came to its end after the copy that the record may have been restored from. */
const endedSince = (temporal: Client, last: number): Promise<Set<string>> =>
  listed(temporal, `ExecutionStatus = 'Completed' and CloseTime > '${new Date(last - CLOCKS_MS).toISOString()}'`)

async function listed(temporal: Client, which: string): Promise<Set<string>> {
  const ids = new Set<string>()
  const query = `WorkflowType = 'caseWorkflow' and ${which}`
  for await (const { workflowId } of temporal.workflow.list({ query })) ids.add(workflowId.slice(PREFIX.length))
  return ids
}

/** `strangers`: cases whose workflow runs and that the record does not know, by number where it can be asked. */
export async function situations(
  { sql, temporal }: Pick<Standing, 'sql' | 'temporal'>,
  filter: ReviveFilter,
): Promise<{ cases: Judged[]; strangers: string[] }> {
  const [running, recorded, known] = await Promise.all([
    runningCases(temporal),
    recordedCases(sql, filter),
    sql<{ caseId: string }[]>`select case_id from cases`,
  ])
  const ids = new Set(known.map(({ caseId }) => caseId))
  const ended = await endedSince(temporal, lastRecorded(recorded))
  const judge = async (one: RecordedCase): Promise<Judged> => ({
    ...one,
    situation: await situationOf({ sql, temporal }, one, running.has(one.caseId), ended.has(one.caseId)),
  })
  const asked = recorded.filter((one) => one.status !== 'new' || running.has(one.caseId))
  const cases = await atOnce(asked, AT_ONCE, judge)
  const strangers = await atOnce(
    [...running].filter((caseId) => !ids.has(caseId)),
    AT_ONCE,
    async (caseId) => (await liveCase(temporal, caseId))?.state.number ?? caseId,
  )
  return { cases: cases.filter((one) => one.status !== 'new' || one.situation === 'ahead'), strangers }
}

export async function situationOf(
  tools: Pick<Standing, 'sql' | 'temporal'>,
  one: RecordedCase,
  runs: boolean,
  endedLately: boolean,
): Promise<Situation> {
  const settled = one.status !== 'open' || one.raised
  if (settled && !one.erased && (runs ? await knowsMore(tools, one) : endedLately && (await endedAfter(tools, one))))
    return 'ahead'
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

/** The workflow is asked first: what it records meanwhile is then in the record. */
async function knowsMore(
  { sql, temporal }: Pick<Standing, 'sql' | 'temporal'>,
  { caseId }: RecordedCase,
): Promise<boolean> {
  const live = await liveCase(temporal, caseId)
  const recorded = await caseById(sql, caseId)
  return live !== null && recorded !== undefined && live.head.seq > recorded.head.seq
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
