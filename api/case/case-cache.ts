/**
 * The fold of a case's ledger, kept up to the last entry seen; the database is always asked for newer ones, and whether
 * that entry is still the same: a database that was restored tells another story.
 */

import { evolvedBy, newCase } from '../../cases/evolve/index.ts'
import type { CaseEvent, Entry } from '../../cases/events.ts'
import type { CaseState } from '../../cases/state.ts'
import { ledgerByNumber } from '../../database/ledger.ts'
import type { CaseRef } from '../../database/queries/one-case.ts'
import type { Deps } from '../context/deps.ts'

export interface CachedCase extends CaseRef {
  state: CaseState
  /** Hex. */
  commitmentKey: string
  /** What screens look back on: how steps were opened, ended, corrected and sent back, and where facts come from. */
  past: Entry[]
}

const MOST = 500
const LOOKED_BACK_ON: ReadonlySet<CaseEvent['kind']> = new Set([
  'step_opened',
  'step_ended',
  'answer_corrected',
  'sent_back',
  'opening_corrected',
  'fact_set',
])

/** One cache a process, keyed by its database; a fold is a value and is never changed. */
const caches = new WeakMap<object, Map<string, CachedCase>>()

const cacheOf = (deps: Deps): Map<string, CachedCase> => {
  const known = caches.get(deps.sql) ?? new Map<string, CachedCase>()
  caches.set(deps.sql, known)
  return known
}

/** undefined when there is no such case. Nothing of an erased one is kept. */
export const cachedCase = async (deps: Deps, number: string): Promise<CachedCase | undefined> => {
  const { sql, ring } = deps
  const cache = cacheOf(deps)
  const kept = cache.get(number)
  const newer = kept && (await ledgerByNumber(sql, ring, number, kept.head.seq))
  const known = newer?.sinceHash === kept?.head.hash ? kept : undefined
  const ledger = known ? newer : await ledgerByNumber(sql, ring, number)
  cache.delete(number)
  if (ledger === undefined) return undefined
  const { entries, erased: _erased, sinceHash: _since, ...rest } = ledger
  const state = evolvedBy(known?.state ?? newCase(rest.caseId), entries)
  const newest = entries.filter(({ event }) => LOOKED_BACK_ON.has(event.kind))
  const cached = { ...rest, state, past: known ? [...known.past, ...newest] : newest }
  if (cached.erasedOn === null) cache.set(number, cached)
  const oldest = cache.keys().next().value
  if (cache.size > MOST && oldest !== undefined) cache.delete(oldest)
  return cached
}
