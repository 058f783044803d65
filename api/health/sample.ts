/** A sample of cases held against the laws; another one every hour, so that in time every case has been looked at. */

import { fold } from '../../cases/evolve/index.ts'
import type { CaseState } from '../../cases/state.ts'
import { type Ledger, loadLedger } from '../../database/ledger.ts'
import { sampleOfCases } from '../../database/queries/invariants.ts'
import { differingOverview } from '../../database/rebuild.ts'
import { caseStateQuery, caseWorkflowId, type LiveCase } from '../../workflows/messages.ts'
import type { Deps } from '../context/deps.ts'
import { differencesBetween } from '../case/differences.ts'
import { INVARIANT_IDS } from '../texts/invariants.ts'
import { type Judged, LAWS } from './laws.ts'
import { isHistorySealed } from './sealed-history.ts'

const OPEN = 10
const CLOSED = 5
const HOUR_MS = 3_600_000
const LIVE_WITHIN_MS = 3_000

export interface Found {
  id: string
  count: number
  worst: string[]
}

export async function sampledInvariants(deps: Deps): Promise<Found[]> {
  const { settings } = await deps.present()
  const turn = String(Math.floor(deps.realNow() / HOUR_MS))
  const cases = [
    ...(await sampleOfCases(deps.sql, 'open', OPEN, turn)),
    ...(await sampleOfCases(deps.sql, 'closed', CLOSED, turn)),
  ]
  const sampled = (await Promise.all(cases.map((one) => ledgerOf(deps, one)))).flat()
  const hashes = sampled.flatMap(({ state }) => Object.values(state.runs).map((run) => run.procedure.hash))
  const published = new Map((await deps.byHash([...new Set(hashes)])).map((one) => [one.hash, one]))
  const judged = sampled.map(({ number, ledger, state, agrees, sealed }) => {
    const one: Judged = { entries: ledger.entries, state, settings, published, agrees, sealed }
    return { number, one }
  })
  return INVARIANT_IDS.flatMap((id) => {
    const law = LAWS[id]
    if (law === undefined) return []
    const worst = judged.filter(({ one }) => !law(one)).map(({ number }) => number)
    return [{ id, count: worst.length, worst: worst.slice(0, 5) }]
  })
}

interface Sampled {
  number: string
  ledger: Ledger
  state: CaseState
  agrees: boolean
  sealed: boolean
}
/** None for a case whose entries were erased: what it was cannot be told any more. */
async function ledgerOf(deps: Deps, { caseId, number }: { caseId: string; number: string }): Promise<Sampled[]> {
  const ledger = await loadLedger(deps.sql, deps.ring, caseId)
  if (!ledger || ledger.erased.length > 0) return []
  const state = fold(caseId, ledger.entries)
  const listed = await differingOverview(deps.sql, deps.ring, caseId, 'passes')
  const agrees =
    (listed?.length ?? 0) === 0 && (state.status === 'closed' || (await livesSo(deps, caseId, ledger, state)))
  return [{ number, ledger, state, agrees, sealed: await isHistorySealed(deps.temporal, caseId) }]
}

/** A record in flight is no disagreement: what the workflow knows more must have arrived when one looks again. */
async function livesSo(deps: Deps, caseId: string, ledger: Ledger, state: CaseState): Promise<boolean> {
  const live = await liveCase(deps, caseId)
  if (live === null) return false
  if (live.head.seq <= ledger.head.seq)
    return (
      live.inFlight > 0 || (live.head.hash === ledger.head.hash && differencesBetween(state, live.state).length === 0)
    )
  const later = await loadLedger(deps.sql, deps.ring, caseId, ledger.head.seq)
  return (later?.head.seq ?? 0) >= live.head.seq
}
/** null when nothing runs, or nobody answers: a workflow that was ended still answers what it last knew. */
const liveCase = (deps: Deps, caseId: string): Promise<LiveCase | null> =>
  deps.temporal.connection
    .withDeadline(Date.now() + LIVE_WITHIN_MS, async () => {
      const handle = deps.temporal.workflow.getHandle(caseWorkflowId(caseId))
      const { status } = await handle.describe()
      return status.name === 'RUNNING' ? handle.query(caseStateQuery) : null
    })
    .catch(() => null)
