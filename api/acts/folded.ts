/**
 * The fold of a case's ledger, kept up to the last entry seen; the database is always asked for newer ones, and whether
 * that entry is still the same: a database that was restored tells another story.
 */

import { evolvedBy, newCase } from '../../cases/evolve/index.ts'
import type { CaseState } from '../../cases/state.ts'
import { loadLedger } from '../../database/ledger.ts'
import type { Deps } from '../deps.ts'

export interface Folded {
  state: CaseState
  head: { seq: number; hash: string }
  incarnation: number
  /** Hex. */
  commitmentKey: string
}

const MOST = 500

/** One cache a process, keyed by its database; a fold is a value and is never changed. */
const caches = new WeakMap<object, Map<string, Folded>>()

const cacheOf = (deps: Deps): Map<string, Folded> => {
  const known = caches.get(deps.sql) ?? new Map<string, Folded>()
  caches.set(deps.sql, known)
  return known
}

/** undefined when there is no such case. */
export const foldedCase = async (deps: Deps, caseId: string): Promise<Folded | undefined> => {
  const cache = cacheOf(deps)
  const kept = cache.get(caseId)
  const newer = kept && (await loadLedger(deps.sql, deps.ring, caseId, kept.head.seq))
  const known = newer?.sinceHash === kept?.head.hash ? kept : undefined
  const ledger = known ? newer : await loadLedger(deps.sql, deps.ring, caseId)
  if (ledger === undefined) return undefined
  const state = evolvedBy(known?.state ?? newCase(caseId), ledger.entries)
  const { head, incarnation, commitmentKey } = ledger
  const folded = { state, head, incarnation, commitmentKey }
  cache.delete(caseId)
  cache.set(caseId, folded)
  const oldest = cache.keys().next().value
  if (cache.size > MOST && oldest !== undefined) cache.delete(oldest)
  return folded
}
