/** Invariants that only a ledger can answer, looked at on a sample of open cases. */

import { fold } from '../../cases/evolve/index.ts'
import type { Entry } from '../../cases/events.ts'
import { undisclosable } from '../../cases/shared-with-consent.ts'
import type { CaseState } from '../../cases/state.ts'
import { loadLedger } from '../../database/ledger.ts'
import { sampleOfOpenCases } from '../../database/queries/invariants.ts'
import { caseStateQuery, caseWorkflowId } from '../../workflows/messages.ts'
import type { Deps } from '../deps.ts'
import type { Found } from './invariants.ts'
import { differencesBetween } from './live.ts'

const SAMPLE = 10
const LIVE_WITHIN_MS = 3_000

interface Sampled {
  number: string
  state: CaseState
  entries: Entry[]
  agrees: boolean
}

export async function sampledInvariants(deps: Deps): Promise<Found[]> {
  const cases = await sampleOfOpenCases(deps.sql, SAMPLE)
  const sampled = (await Promise.all(cases.map((one) => sampleOf(deps, one)))).flat()
  const hashes = [...new Set(sampled.flatMap(({ state }) => procedureHashes(state)))]
  const published = new Set((await deps.byHash(hashes)).map((one) => one.hash))
  const broken = (id: string, holds: (one: Sampled) => boolean): Found => {
    const worst = sampled.filter((one) => !holds(one)).map((one) => one.number)
    return { id, count: worst.length, worst: worst.slice(0, 5) }
  }
  return [
    broken('I2', ({ entries }) => entries.every(isNoSilentEnd)),
    broken('I3', ({ entries }) => isOnce(takenActions(entries))),
    broken('I5', ({ agrees }) => agrees),
    broken('I6', ({ entries }) => isOnce(firedRungs(entries))),
    broken('I10', ({ entries }) => undisclosable(entries).length === 0),
    broken('I7', ({ state }) => procedureHashes(state).every((hash) => published.has(hash))),
  ]
}

async function sampleOf(deps: Deps, { caseId, number }: { caseId: string; number: string }): Promise<Sampled[]> {
  const ledger = await loadLedger(deps.sql, deps.ring, caseId)
  if (!ledger) return []
  const state = fold(caseId, ledger.entries)
  const live = await deps.temporal.connection
    .withDeadline(Date.now() + LIVE_WITHIN_MS, () =>
      deps.temporal.workflow.getHandle(caseWorkflowId(caseId)).query(caseStateQuery),
    )
    .catch(() => null)
  // A record in flight is no disagreement: the fold is compared once it has arrived.
  const behind = live !== null && (live.inFlight > 0 || live.state.seq !== ledger.head.seq)
  const agrees = live !== null && (behind || differencesBetween(state, live.state).length === 0)
  return [{ number, state, entries: ledger.entries, agrees }]
}

const procedureHashes = (state: CaseState): string[] => Object.values(state.runs).map((run) => run.procedure.hash)
const isNoSilentEnd = ({ event, by }: Entry): boolean => event.kind !== 'case_closed' || by.kind !== 'time'
const takenActions = (entries: Entry[]): string[] =>
  entries.flatMap(({ event, action }) => (event.kind === 'action_taken' && action !== null ? [action] : []))
const firedRungs = (entries: Entry[]): string[] =>
  entries.flatMap(({ event }) => (event.kind === 'rung_fired' ? [`${event.clock}|${event.mark}|${event.to}`] : []))
const isOnce = (all: string[]): boolean => new Set(all).size === all.length
