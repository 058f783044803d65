/** Whether a ledger is what was written: its chain needs no key; with keys at hand every entry is held against its commitment. */

import { commitmentOf, firstBrokenIn } from '../cases/chain.ts'
import { COMMITMENT } from './case-keys.ts'
import { openEntry } from './entry.ts'

export interface LedgerRow {
  seq: number
  compartment: string
  sealed: Uint8Array
  commitment: string
  hash: string
}
export interface VerifiedLedger {
  caseId: string
  head: { seq: number; hash: string }
  rows: readonly LedgerRow[]
  /** By compartment, those that were not destroyed; null when no key is at hand. */
  keys: Map<string, Uint8Array> | null
}
/** `chain`: a row was changed, moved or removed. `content`: the sealed entry is not what was committed to. */
export interface Flaw {
  seq: number
  why: 'chain' | 'end' | 'content'
}

/** The first row that is not what was written; null when all are. */
export function firstFlaw({ caseId, head, rows, keys }: VerifiedLedger): Flaw | null {
  const broken = firstBrokenIn(rows)
  const foreign = keys === null ? null : firstForeign(caseId, rows, keys)
  if (broken !== null && broken <= (foreign ?? Infinity)) return { seq: broken, why: 'chain' }
  if (foreign !== null) return { seq: foreign, why: 'content' }
  const last = rows.at(-1)
  const ends = head.seq === rows.length && (last === undefined || last.hash === head.hash)
  return ends ? null : { seq: Math.min(head.seq, rows.length) + 1, why: 'end' }
}

/** Entries whose key was destroyed are held by the chain alone. */
function firstForeign(caseId: string, rows: readonly LedgerRow[], keys: Map<string, Uint8Array>): number | null {
  const committed = keys.get(COMMITMENT)
  if (!committed) return null
  const hex = Buffer.from(committed).toString('hex')
  const isForeign = ({ seq, compartment, sealed, commitment }: LedgerRow): boolean => {
    const key = keys.get(compartment)
    if (!key) return false
    try {
      const entry = openEntry(key, { caseId, compartment, seq }, sealed)
      return entry.seq !== seq || commitmentOf(hex, entry) !== commitment
    } catch {
      return true
    }
  }
  return rows.find(isForeign)?.seq ?? null
}
