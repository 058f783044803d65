/** The ledger: one writer a case, no gap, no fork; what a retry writes again is known by its head. */

import type { RecordAnswer, RecordBatch, SealedEntry } from '../cases/batch.ts'
import { firstBrokenIn } from '../cases/chain.ts'
import type { Entry } from '../cases/events.ts'
import { answerTo } from '../cases/recording.ts'
import { COMMITMENT, keyOf, keysOf, openKey } from './case-keys.ts'
import type { Sql, Transaction } from './connect.ts'
import { openEntry, sealEntry } from './entry.ts'
import { type KeyRing, Unreadable } from './keys.ts'
import { applyOverview, caseColumns } from './overview-rows.ts'
import { keepOverrides } from './queries/overrides.ts'
import { type CaseRef, type RefRow, refColumns, refOf } from './queries/one-case.ts'
import { followCorrections } from './queries/people.ts'

interface Head {
  seq: number
  hash: string
}

/** Makes the row and the keys of a case that is about to be opened. False when its number belongs to another case. */
export async function openCaseRow(
  sql: Sql,
  ring: KeyRing,
  row: { caseId: string; number: string; subject: 'case' | 'arrival'; arrival: string | null },
): Promise<boolean> {
  await sql`insert into cases (case_id, number, subject, status, arrival)
    values (${row.caseId}, ${row.number}, ${row.subject}, 'new', ${row.arrival}) on conflict do nothing`
  const [kept] = await sql<{ number: string }[]>`select number from cases where case_id = ${row.caseId}`
  if (kept?.number !== row.number) return false
  await keyOf(sql, ring, row.caseId, COMMITMENT)
  await keyOf(sql, ring, row.caseId, 'general')
  return true
}

/**
 * All that a batch says, in one transaction or not at all. A gap or a conflict is noted on the case, where the
 * invariants find it: whoever wrote it has stopped.
 */
export async function recordBatch(sql: Sql, ring: KeyRing, batch: RecordBatch): Promise<RecordAnswer> {
  return sql.begin(async (tx): Promise<RecordAnswer> => {
    const [[row], keys] = await Promise.all([
      tx<{ incarnation: number; headSeq: number; headHash: string }[]>`
        select incarnation, head_seq, head_hash from cases
        where case_id = ${batch.caseId} for update`,
      keysOf(tx, ring, batch.caseId),
    ])
    const last = batch.entries.at(-1)
    if (!row || !last) return { kind: 'gap', seq: 0 }
    const head: Head = { seq: row.headSeq, hash: row.headHash }
    const key = keys.get(COMMITMENT)
    const answer = answerTo(batch, {
      incarnation: row.incarnation,
      head,
      kept: await hashAt(tx, batch.caseId, head, last.entry.seq),
      commitmentKey: key ? Buffer.from(key).toString('hex') : null,
    })
    if (answer?.kind === 'gap' || answer?.kind === 'conflict')
      await tx`update cases set stopped = ${answer.kind} where case_id = ${batch.caseId}`
    if (answer) return answer
    await addMissingKeys(tx, ring, batch, keys)
    if (batch.overview.whole) await tx`delete from open_steps where case_id = ${batch.caseId}`
    // Sent together: one round trip for all that the batch writes.
    await Promise.all([
      insertEntries(tx, batch, keys),
      insertReceipts(tx, batch),
      ...keepOverrides(tx, batch.caseId, batch.entries),
      ...applyOverview(tx, batch),
      updateCase(tx, batch, last),
    ])
    const noted = batch.entries.map((one) => one.entry)
    await followCorrections(tx, ring, batch.caseId, noted)
    return { kind: 'recorded', seq: last.entry.seq, hash: last.hash }
  })
}

async function updateCase(tx: Transaction, { caseId, overview }: RecordBatch, last: SealedEntry): Promise<void> {
  const head = { headSeq: last.entry.seq, headHash: last.hash }
  await tx`update cases set ${tx({ ...(overview.case && caseColumns(overview.case)), ...head })} where case_id = ${caseId}`
}

/** The hash of an entry that the ledger has; null when it does not reach so far. */
async function hashAt(tx: Transaction, caseId: string, head: Head, seq: number): Promise<string | null> {
  if (head.seq <= seq) return head.seq === seq ? head.hash : null
  const [row] = await tx<{ hash: string }[]>`select hash from case_events where case_id = ${caseId} and seq = ${seq}`
  return row?.hash ?? null
}

/** A compartment gets its key with its first entry; one whose key was destroyed takes no more entries. */
async function addMissingKeys(
  tx: Transaction,
  ring: KeyRing,
  batch: RecordBatch,
  keys: Map<string, Uint8Array>,
): Promise<void> {
  for (const { compartment } of batch.entries) {
    if (keys.has(compartment)) continue
    const key = await keyOf(tx, ring, batch.caseId, compartment)
    if (!key) throw new Unreadable()
    keys.set(compartment, key)
  }
}

function insertEntries(tx: Transaction, batch: RecordBatch, keys: Map<string, Uint8Array>): Promise<unknown> {
  const rows = batch.entries.map((one) => rowOf(batch, one, keys.get(one.compartment) ?? new Uint8Array()))
  return tx`insert into case_events ${tx(rows)}`
}

async function insertReceipts(tx: Transaction, batch: RecordBatch): Promise<void> {
  if (batch.receipts.length === 0) return
  const receipts = batch.receipts.map((one) => ({
    actionId: one.action,
    caseId: batch.caseId,
    act: one.act,
    digest: one.digest,
    fromSeq: one.fromSeq,
    toSeq: one.toSeq,
  }))
  await tx`insert into case_actions ${tx(receipts)} on conflict do nothing`
}

function rowOf(batch: RecordBatch, { entry, compartment, commitment, hash }: SealedEntry, key: Uint8Array) {
  const address = { caseId: batch.caseId, seq: entry.seq, compartment }
  return {
    ...address,
    incarnation: batch.incarnation,
    sealed: sealEntry(key, address, entry),
    commitment,
    hash,
    at: new Date(entry.at),
    recorded: new Date(entry.recorded),
    actionId: entry.action,
  }
}

/** Its head counts erased entries too. */
export interface Ledger extends CaseRef {
  /** Hash of the entry at `since`, null when the ledger has none there. */
  sinceHash: string | null
  entries: Entry[]
  /** Hex; empty once it was destroyed. */
  commitmentKey: string
  /** Numbers of the entries that nobody can read any more, since their key was destroyed. */
  erased: number[]
}

/** The entries after `since`, opened; undefined when there is no such case. One query, so head and entries agree. */
export const loadLedger = (
  sql: Sql | Transaction,
  ring: KeyRing,
  caseId: string,
  since = 0,
): Promise<Ledger | undefined> => ledgerWhere(sql, ring, sql`c.case_id = ${caseId}`, since)

/** The same, by the number that people know. */
export const ledgerByNumber = (sql: Sql, ring: KeyRing, number: string, since = 0): Promise<Ledger | undefined> =>
  ledgerWhere(sql, ring, sql`c.number = ${number}`, since)

interface EntryColumns {
  seq: number
  compartment: string
  sealed: Buffer
  /** null once the key was destroyed. */
  wrapped: Buffer | null
}
/** The case beside each of its entries; alone where it has none after `since`. */
type LedgerRow = RefRow & { sinceHash: string | null; own: Buffer | null } & (
    | EntryColumns
    | Record<keyof EntryColumns, null>
  )

async function ledgerWhere(
  sql: Sql | Transaction,
  ring: KeyRing,
  which: ReturnType<Sql>,
  since: number,
): Promise<Ledger | undefined> {
  const rows = await sql<LedgerRow[]>`select ${refColumns(sql)}, before.hash as since_hash, o.wrapped as own, e.seq,
      e.compartment, e.sealed, k.wrapped
    from cases c left join case_keys o on o.case_id = c.case_id and o.compartment = ${COMMITMENT}
    left join case_events e on e.case_id = c.case_id and e.seq > ${since}
    left join case_events before on before.case_id = c.case_id and before.seq = ${since}
    left join case_keys k on k.case_id = e.case_id and k.compartment = e.compartment
    where ${which} order by e.seq`
  const [row] = rows
  if (!row) return undefined
  const ref = refOf(row)
  const { caseId } = ref
  const ledger: Ledger = {
    ...ref,
    sinceHash: row.sinceHash,
    commitmentKey: row.own === null ? '' : Buffer.from(openKey(ring, caseId, COMMITMENT, row.own)).toString('hex'),
    entries: [],
    erased: [],
  }
  const keys = new Map<string, Uint8Array>()
  for (const { seq, compartment, sealed, wrapped } of rows) {
    if (seq === null) continue
    if (wrapped === null) {
      ledger.erased.push(seq)
      continue
    }
    const key = keys.get(compartment) ?? openKey(ring, caseId, compartment, wrapped)
    keys.set(compartment, key)
    ledger.entries.push(openEntry(key, { caseId, compartment, seq }, sealed))
  }
  return ledger
}

export async function firstBrokenLink(sql: Sql, caseId: string): Promise<number | null> {
  const rows = await sql<{ seq: number; commitment: string; hash: string }[]>`
    select seq, commitment, hash from case_events where case_id = ${caseId} order by seq`
  return firstBrokenIn(rows)
}
