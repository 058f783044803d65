import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { recordBatch } from '../../database/ledger.ts'
import {
  claim,
  fillHole,
  markSent,
  nameMail,
  noteHole,
  noticesOf,
  park,
  retryLater,
} from '../../database/queries/outbox.ts'
import { freshDatabase, type TestDatabase } from '../postgres.ts'
import { batchOf, FIRST, newWriter, noted, rung, type Writer } from './writer.ts'

let db: TestDatabase
let writer: Writer
beforeAll(async () => {
  db = await freshDatabase(inject('postgres'))
})
afterAll(() => db.drop())
beforeEach(async () => {
  await db.sql`update outbox set state = 'dropped'`
  writer = await newWriter(db)
})

const HOUR = 3_600_000
const fill = async (size: number): Promise<string[]> => {
  const keys = Array.from({ length: size }, (_, index) => `${writer.caseId}/${String(index).padStart(3, '0')}`)
  await recordBatch(db.sql, db.ring, batchOf(writer, FIRST, [noted(1)], { outbox: keys.map(rung) }))
  return keys
}
const keysOf = (rows: { key: string }[]) => rows.map((row) => row.key).toSorted()
const stateOf = async (key: string) => (await db.sql`select state from outbox where key = ${key}`)[0]?.['state']

describe('two relays at once', () => {
  it('take every row exactly once between them', async () => {
    const keys = await fill(200)
    const taken: string[] = []
    const relay = async (name: string): Promise<void> => {
      for (;;) {
        const rows = await claim(db.sql, name, 7, HOUR)
        if (rows.length === 0) return
        taken.push(...keysOf(rows))
      }
    }
    await Promise.all(['one', 'two', 'three'].map(relay))
    expect(taken.toSorted()).toEqual(keys)
  })
  it('do not wait for one another', async () => {
    const keys = await fill(4)
    await db.sql.begin(async (tx) => {
      await tx`select 1 from outbox where key in ${tx(keys.slice(0, 2))} for update`
      expect(keysOf(await claim(db.sql, 'two', 10, HOUR))).toEqual(keys.slice(2))
    })
  })
})

describe('a lease', () => {
  it('keeps a row from others until it ends, and then from the one who held it', async () => {
    const [key = ''] = await fill(1)
    await claim(db.sql, 'slow', 10, 0)
    const [again] = await claim(db.sql, 'next', 10, HOUR)
    expect(again).toMatchObject({ key, attempts: 2 })
    expect(await markSent(db.sql, 'slow', [key], 'usr-1', '<a@x>')).toBe(0)
    await retryLater(db.sql, 'slow', [key], 0, 'late')
    await park(db.sql, 'slow', [key], 'late')
    expect(await claim(db.sql, 'third', 10, HOUR)).toEqual([])
    expect(await markSent(db.sql, 'next', [key], 'usr-1', '<a@x>')).toBe(1)
    expect(await stateOf(key)).toBe('sent')
  })
  it('that has ended lets nobody call a mail sent', async () => {
    const [key = ''] = await fill(1)
    await claim(db.sql, 'slow', 10, 0)
    expect(await nameMail(db.sql, 'slow', [key], '<a@x>')).toBe(0)
    expect(await markSent(db.sql, 'slow', [key], 'usr-1', '<a@x>')).toBe(0)
    expect(await stateOf(key)).toBe('pending')
  })
})

describe('a row', () => {
  it('keeps the Message-ID it was first given, for whoever tries next', async () => {
    const [key = ''] = await fill(1)
    await claim(db.sql, 'one', 10, HOUR)
    expect(await nameMail(db.sql, 'one', [key], '<first@x>')).toBe(1)
    await retryLater(db.sql, 'one', [key], 0, 'smtp 451')
    expect(await claim(db.sql, 'two', 10, HOUR)).toMatchObject([{ key, messageId: '<first@x>' }])
  })
  it('waits as long as it was told to', async () => {
    const [key = ''] = await fill(1)
    await claim(db.sql, 'one', 10, HOUR)
    await retryLater(db.sql, 'one', [key], HOUR, 'smtp 451')
    expect(await claim(db.sql, 'two', 10, HOUR)).toEqual([])
  })
  it('that was sent or set aside is never taken again, and is among the notices of its case', async () => {
    const [sent = '', parked = ''] = await fill(2)
    await claim(db.sql, 'one', 10, HOUR)
    await markSent(db.sql, 'one', [sent], 'usr-1', '<a@x>')
    await park(db.sql, 'one', [parked], 'smtp 550')
    expect(await claim(db.sql, 'one', 10, HOUR)).toEqual([])
    expect(await noticesOf(db.sql, writer.caseId)).toMatchObject([
      { key: sent, state: 'sent', user: 'usr-1' },
      { key: parked, state: 'parked', user: null },
    ])
  })
  it('cannot be removed by the application', async () => {
    await expect(db.sql`delete from outbox`).rejects.toThrow(/permission denied/)
  })
})

it('a hole in the staff list is known since it was first found, and until somebody fills it', async () => {
  await noteHole(db.sql, 'supervisor', 'ml-kayes', new Date(1_000))
  await noteHole(db.sql, 'supervisor', 'ml-kayes', new Date(2_000))
  expect(await db.sql`select since from staffing_holes`).toEqual([{ since: new Date(1_000) }])
  await fillHole(db.sql, 'supervisor', 'ml-kayes')
  expect(await db.sql`select 1 from staffing_holes`).toHaveLength(0)
})
