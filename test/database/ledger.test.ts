import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import type { RecordBatch } from '../../cases/batch.ts'
import { chainHash, commitmentOf, FIRST_HASH } from '../../cases/chain.ts'
import type { Entry } from '../../cases/events.ts'
import { commitmentKeyOf } from '../../database/case-keys.ts'
import { firstBrokenLink, loadLedger, openCaseRow, recordBatch } from '../../database/ledger.ts'
import { freshDatabase, type TestDatabase } from '../postgres.ts'

let db: TestDatabase
let caseId: string
let key: string

beforeAll(async () => {
  db = await freshDatabase(inject('postgres'))
})
afterAll(() => db.drop())
beforeEach(async () => {
  caseId = randomUUID()
  await openCaseRow(db.sql, db.ring, { caseId, number: caseId.slice(0, 11), subject: 'case', arrival: null })
  key = await commitmentKeyOf(db.sql, db.ring, caseId)
})

const noted = (seq: number, compartment = 'general'): { entry: Entry; compartment: string } => ({
  entry: {
    seq,
    at: 1_000,
    recorded: 2_000,
    by: { kind: 'time' },
    action: null,
    event: { kind: 'noted', item: null, text: `d${seq}` },
  },
  compartment,
})
function batch(expects: { seq: number; hash: string }, list: ReturnType<typeof noted>[], incarnation = 1): RecordBatch {
  let { hash } = expects
  const entries = list.map((one) => {
    const commitment = commitmentOf(key, one.entry)
    hash = chainHash(hash, one.entry.seq, commitment)
    return { ...one, commitment, hash }
  })
  const overview = { case: null, steps: [], goneSteps: [], runs: [] }
  return { caseId, incarnation, expects, entries, overview, outbox: [], receipts: [] }
}
const first = { seq: 0, hash: FIRST_HASH }
const headOf = (one: RecordBatch) => ({ seq: one.entries.at(-1)!.entry.seq, hash: one.entries.at(-1)!.hash })

describe('the ledger', () => {
  it('keeps entries in order and gives them back as they were', async () => {
    const one = batch(first, [noted(1), noted(2)])
    expect(await recordBatch(db.sql, db.ring, one)).toEqual({ kind: 'recorded', ...headOf(one) })
    const ledger = await loadLedger(db.sql, db.ring, caseId)
    expect(ledger?.entries).toEqual(one.entries.map(({ entry }) => entry))
    expect(await loadLedger(db.sql, db.ring, caseId, 1).then((it) => it?.entries.length)).toBe(1)
  })
  it('answers a repeated batch with the same head and writes nothing', async () => {
    const one = batch(first, [noted(1)])
    await recordBatch(db.sql, db.ring, one)
    expect(await recordBatch(db.sql, db.ring, one)).toEqual({ kind: 'recorded', ...headOf(one) })
    expect((await loadLedger(db.sql, db.ring, caseId))?.entries).toHaveLength(1)
  })
  it('has no gap: a batch that builds on more than there is tells how much there is', async () => {
    const ahead = batch({ seq: 3, hash: 'f'.repeat(64) }, [noted(4)])
    expect(await recordBatch(db.sql, db.ring, ahead)).toEqual({ kind: 'gap', seq: 0 })
  })
  it('has no fork: a second writer at the same head is refused', async () => {
    const one = batch(first, [noted(1)])
    await recordBatch(db.sql, db.ring, one)
    const other = batch(first, [{ ...noted(1), entry: { ...noted(1).entry, at: 7 } }])
    expect(await recordBatch(db.sql, db.ring, other)).toEqual({ kind: 'conflict', ...headOf(one) })
  })
  it('lets only one of two writers at once through', async () => {
    const two = [batch(first, [noted(1)]), batch(first, [{ ...noted(1), entry: { ...noted(1).entry, at: 9 } }])]
    const answers = await Promise.all(two.map((one) => recordBatch(db.sql, db.ring, one)))
    expect(answers.map((one) => one.kind).toSorted()).toEqual(['conflict', 'recorded'])
  })
  it('refuses a writer whose commitments do not follow from the case key', async () => {
    const one = batch(first, [noted(1)])
    const forged = { ...one, entries: one.entries.map((it) => ({ ...it, commitment: '0'.repeat(64) })) }
    expect((await recordBatch(db.sql, db.ring, forged)).kind).toBe('conflict')
  })
  it('ends a writer of an older incarnation', async () => {
    await db.sql`update cases set incarnation = 2 where case_id = ${caseId}`
    expect(await recordBatch(db.sql, db.ring, batch(first, [noted(1)]))).toEqual({ kind: 'superseded' })
  })
  it('cannot be changed or emptied by the application', async () => {
    await recordBatch(db.sql, db.ring, batch(first, [noted(1)]))
    await expect(db.sql`update case_events set at = now()`).rejects.toThrow(/permission denied/)
    await expect(db.sql`delete from case_events`).rejects.toThrow(/permission denied/)
    await expect(db.sql`truncate case_events`).rejects.toThrow(/permission denied/)
  })
  it('tells the first row whose hash does not follow', async () => {
    await recordBatch(db.sql, db.ring, batch(first, [noted(1), noted(2), noted(3)]))
    expect(await firstBrokenLink(db.sql, caseId)).toBeNull()
  })
})

describe('sealing', () => {
  it('leaves the chain verifiable after the keys of a compartment are destroyed', async () => {
    await recordBatch(db.sql, db.ring, batch(first, [noted(1), noted(2, 'restricted:x'), noted(3)]))
    await db.sql`update case_keys set wrapped = null, destroyed = now() where case_id = ${caseId} and compartment = 'restricted:x'`
    const ledger = await loadLedger(db.sql, db.ring, caseId)
    expect(ledger?.entries.map((entry) => entry.seq)).toEqual([1, 3])
    expect(ledger?.head.seq).toBe(3)
    expect(await firstBrokenLink(db.sql, caseId)).toBeNull()
  })
  it('holds nothing in clear', async () => {
    await recordBatch(db.sql, db.ring, batch(first, [noted(1)]))
    const [row] = await db.sql`select sealed from case_events where case_id = ${caseId}`
    expect(Buffer.from(row!['sealed']).toString('latin1')).not.toContain('noted')
  })
})
