/** An entry as it lies in the ledger: sealed, and bound to where it lies. */

import { canonicalJson } from '../cases/canonical.ts'
import type { Entry } from '../cases/events.ts'
import { open, seal, Unreadable } from './keys.ts'

export interface EntryAddress {
  caseId: string
  compartment: string
  seq: number
}
/** Moved elsewhere it does not open. */
const bound = ({ caseId, compartment, seq }: EntryAddress): string[] => ['entry', caseId, compartment, String(seq)]

export const sealEntry = (key: Uint8Array, at: EntryAddress, entry: Entry): Buffer =>
  seal(key, canonicalJson(entry), bound(at))

/** What the seal has kept is what was written, so only its frame is looked at. */
export function openEntry(key: Uint8Array, at: EntryAddress, sealed: Uint8Array): Entry {
  const entry: unknown = JSON.parse(open(key, sealed, bound(at)))
  if (!isEntry(entry)) throw new Unreadable()
  return entry
}

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && 'seq' in value && 'event' in value
