/** A case in the database, and batches as its workflow would write them. */

import { randomUUID } from 'node:crypto'
import type { OutboxRow, RecordBatch } from '../../cases/batch.ts'
import { chainHash, commitmentOf, FIRST_HASH } from '../../cases/chain.ts'
import type { Entry } from '../../cases/events.ts'
import { commitmentKeyOf } from '../../database/case-keys.ts'
import { openCaseRow } from '../../database/ledger.ts'
import type { TestDatabase } from '../postgres.ts'

export interface Writer {
  caseId: string
  number: string
  /** Hex; keys the commitments. */
  key: string
}
export type Head = RecordBatch['expects']
export interface Noted {
  entry: Entry
  compartment: string
}
export const FIRST: Head = { seq: 0, hash: FIRST_HASH }

export async function newWriter({ sql, ring }: TestDatabase): Promise<Writer> {
  const caseId = randomUUID()
  const number = caseId.slice(0, 11)
  await openCaseRow(sql, ring, { caseId, number, subject: 'case', arrival: null })
  return { caseId, number, key: await commitmentKeyOf(sql, ring, caseId) }
}

export const noted = (seq: number, compartment = 'general', text = `d${seq}`): Noted => ({
  entry: {
    seq,
    at: 1_000,
    recorded: 2_000,
    by: { kind: 'time' },
    action: null,
    event: { kind: 'noted', item: null, text },
  },
  compartment,
})

export function batchOf(
  { caseId, key }: Writer,
  expects: Head,
  list: Noted[],
  more: Partial<RecordBatch> = {},
): RecordBatch {
  let { hash } = expects
  const entries = list.map((one) => {
    const commitment = commitmentOf(key, one.entry)
    hash = chainHash(hash, one.entry.seq, commitment)
    return { ...one, commitment, hash }
  })
  const overview = { whole: false, case: null, steps: [], goneSteps: [], runs: [] }
  return { caseId, incarnation: 1, expects, entries, overview, outbox: [], receipts: [], ...more }
}

export const headOf = ({ entries, expects }: RecordBatch): Head => {
  const last = entries.at(-1)
  return last ? { seq: last.entry.seq, hash: last.hash } : expects
}

export const rung = (key: string): OutboxRow => ({
  key,
  item: 'plan-k7m.validation.1',
  notice: 'reminder',
  rung: 'r1',
  role: 'supervisor',
  user: null,
  place: 'ml-kayes',
  dueAt: 1_000,
  restricted: false,
})
