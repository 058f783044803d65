import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import type { RecordBatch } from '../../cases/batch.ts'
import { connect, type Sql } from '../../database/connect.ts'
import { firstBrokenLink, loadLedger, openCaseRow, recordBatch } from '../../database/ledger.ts'
import { freshDatabase, type TestDatabase } from '../postgres.ts'
import { batchOf, FIRST, headOf, newWriter, noted, rung, type Writer } from './writer.ts'

let db: TestDatabase
let owner: Sql
let writer: Writer

beforeAll(async () => {
  db = await freshDatabase(inject('postgres'))
  owner = connect(db.url, { as: 'owner', max: 1 })
})
afterAll(async () => {
  await owner.end()
  await db.drop()
})
beforeEach(async () => {
  writer = await newWriter(db)
})

const record = (one: RecordBatch) => recordBatch(db.sql, db.ring, one)
const load = () => loadLedger(db.sql, db.ring, writer.caseId)
const stopped = async () => (await db.sql`select stopped from cases where case_id = ${writer.caseId}`)[0]?.['stopped']

describe('a case', () => {
  it('is made once, however often its opening is tried', async () => {
    const row = { caseId: writer.caseId, number: writer.number, subject: 'case' as const, arrival: null }
    expect(await openCaseRow(db.sql, db.ring, row)).toBe(true)
    expect(await db.sql`select compartment from case_keys where case_id = ${writer.caseId}`).toHaveLength(2)
  })
  it('never gets the number of another', async () => {
    const other = await newWriter(db)
    const row = { caseId: other.caseId, number: writer.number, subject: 'case' as const, arrival: null }
    expect(await openCaseRow(db.sql, db.ring, row)).toBe(false)
  })
})

describe('the ledger', () => {
  it('keeps entries in order and gives them back as they were', async () => {
    const one = batchOf(writer, FIRST, [noted(1), noted(2)])
    expect(await record(one)).toEqual({ kind: 'recorded', ...headOf(one) })
    expect((await load())?.entries).toEqual(one.entries.map(({ entry }) => entry))
    expect((await loadLedger(db.sql, db.ring, writer.caseId, 1))?.entries.map((entry) => entry.seq)).toEqual([2])
  })
  it('answers a repeated batch with the same head and writes nothing', async () => {
    const one = batchOf(writer, FIRST, [noted(1)])
    await record(one)
    expect(await record(one)).toEqual({ kind: 'recorded', ...headOf(one) })
    expect((await load())?.entries).toHaveLength(1)
  })
  it('knows a retry that comes after later batches: nothing has stopped', async () => {
    const one = batchOf(writer, FIRST, [noted(1), noted(2)])
    await record(one)
    await record(batchOf(writer, headOf(one), [noted(3)]))
    expect(await record(one)).toEqual({ kind: 'recorded', ...headOf(one) })
    expect((await load())?.head.seq).toBe(3)
    expect(await stopped()).toBeNull()
  })
  it('writes all of a batch or nothing of it', async () => {
    const broken = { ...rung('k'), dueAt: Number.NaN }
    await expect(record(batchOf(writer, FIRST, [noted(1)], { outbox: [broken] }))).rejects.toThrow(RangeError)
    const hollow = { ...rung('k'), role: null as unknown as string }
    const receipt = { action: 'a1', act: 'add_note', digest: 'd', fromSeq: 1, toSeq: 1 }
    const half = batchOf(writer, FIRST, [noted(1, 'restricted:x')], { outbox: [hollow], receipts: [receipt] })
    await expect(record(half)).rejects.toThrow(/null value in column "role"/)
    expect(await load()).toMatchObject({ head: FIRST, entries: [] })
    expect(await db.sql`select 1 from case_actions where case_id = ${writer.caseId}`).toHaveLength(0)
    expect(await db.sql`select 1 from case_keys where case_id = ${writer.caseId}`).toHaveLength(2)
  })
  it('gives one row to a rung, also when two batches tell of it', async () => {
    const one = batchOf(writer, FIRST, [noted(1)], { outbox: [rung(`${writer.caseId}/r1`)] })
    await record(one)
    await record(batchOf(writer, headOf(one), [noted(2)], { outbox: one.outbox }))
    expect(await db.sql`select 1 from outbox where case_id = ${writer.caseId}`).toHaveLength(1)
  })
  it('cannot be changed or emptied by the application', async () => {
    await record(batchOf(writer, FIRST, [noted(1)]))
    await expect(db.sql`update case_events set at = now()`).rejects.toThrow(/permission denied/)
    await expect(db.sql`delete from case_events`).rejects.toThrow(/permission denied/)
    await expect(db.sql`truncate case_events`).rejects.toThrow(/permission denied/)
  })
})

describe('a writer', () => {
  it('that builds on more than there is leaves no gap: it is told how much there is, and the case is marked', async () => {
    const ahead = batchOf(writer, { seq: 3, hash: 'f'.repeat(64) }, [noted(4)])
    expect(await record(ahead)).toEqual({ kind: 'gap', seq: 0 })
    expect(await stopped()).toBe('gap')
  })
  it('that is the second at the same head makes no fork, and the case is marked', async () => {
    const one = batchOf(writer, FIRST, [noted(1)])
    await record(one)
    expect(await record(batchOf(writer, FIRST, [noted(1, 'general', 'other')]))).toEqual({
      kind: 'conflict',
      ...headOf(one),
    })
    expect(await stopped()).toBe('conflict')
    expect((await load())?.entries).toEqual([one.entries[0]?.entry])
  })
  it('that follows another story of the same length is refused', async () => {
    const one = batchOf(writer, FIRST, [noted(1)])
    await record(one)
    const other = { ...headOf(one), hash: 'e'.repeat(64) }
    expect(await record(batchOf(writer, other, [noted(2)]))).toEqual({ kind: 'conflict', ...headOf(one) })
    expect((await load())?.entries).toHaveLength(1)
  })
  it('is one: of two at once only one is let through', async () => {
    const two = ['this', 'that'].map((text) => batchOf(writer, FIRST, [noted(1, 'general', text)]))
    const answers = await Promise.all(two.map(record))
    expect(answers.map((one) => one.kind).toSorted()).toEqual(['conflict', 'recorded'])
  })
  it('whose commitments do not follow from the key of the case is refused', async () => {
    const one = batchOf({ ...writer, key: '0'.repeat(64) }, FIRST, [noted(1)])
    expect((await record(one)).kind).toBe('conflict')
  })
  it('whose hashes or numbers do not follow one another is refused', async () => {
    const one = batchOf(writer, FIRST, [noted(1), noted(2)])
    const wrong = one.entries.map((it, index) => (index === 0 ? { ...it, hash: 'a'.repeat(64) } : it))
    expect((await record({ ...one, entries: wrong })).kind).toBe('conflict')
    expect((await record(batchOf(writer, FIRST, [noted(1), noted(3)]))).kind).toBe('conflict')
    expect((await load())?.head).toEqual(FIRST)
  })
  it('of an older incarnation is ended, and nothing is wrong with the case', async () => {
    const one = batchOf(writer, FIRST, [noted(1)])
    await record(one)
    await db.sql`update cases set incarnation = 2 where case_id = ${writer.caseId}`
    expect(await record(one)).toEqual({ kind: 'superseded' })
    expect(await record(batchOf(writer, headOf(one), [noted(2)]))).toEqual({ kind: 'superseded' })
    expect(await stopped()).toBeNull()
  })
  it('of an incarnation that the record has never heard of is refused: the record is older than the writer', async () => {
    expect((await record(batchOf(writer, FIRST, [noted(1)], { incarnation: 2 }))).kind).toBe('conflict')
  })
})

describe('the chain', () => {
  const three = () => record(batchOf(writer, FIRST, [noted(1), noted(2), noted(3)]))
  it('holds over what was recorded', async () => {
    await three()
    expect(await firstBrokenLink(db.sql, writer.caseId)).toBeNull()
  })
  it('tells the first entry that somebody changed, with whatever rights', async () => {
    await three()
    await owner`update case_events set commitment = ${'b'.repeat(64)} where case_id = ${writer.caseId} and seq = 2`
    expect(await firstBrokenLink(db.sql, writer.caseId)).toBe(2)
  })
  it('tells an entry that somebody took out', async () => {
    await three()
    await owner`delete from case_events where case_id = ${writer.caseId} and seq = 2`
    expect(await firstBrokenLink(db.sql, writer.caseId)).toBe(2)
  })
})
