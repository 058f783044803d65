import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { json } from '../../database/connect.ts'
import { freshDatabase, type TestDatabase } from '../postgres.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase(inject('postgres'))
})
afterAll(() => db.drop())

const CONTENT = { case_id: 'c', caseId: 'C', inner_list: [{ head_seq: 1, 'two words': null }] }

describe('a column', () => {
  it('is camel case in a row', async () => {
    expect(await db.sql`select 1 as head_seq, 2 as "at", 3 as next_rung_role, 4 as sha256`).toEqual([
      { headSeq: 1, at: 2, nextRungRole: 3, sha256: 4 },
    ])
  })
  it('is written from either spelling', async () => {
    const written = (row: Record<string, unknown>) => db.sql`insert into tries ${db.sql(row)}`
    await written({ about: 'camel', spentUntil: new Date(0) })
    await written({ about: 'snake', spent_until: new Date(0) })
    expect(await db.sql`select spent_until from tries`).toEqual([
      { spentUntil: new Date(0) },
      { spentUntil: new Date(0) },
    ])
  })
})

describe('what lies inside JSON keeps its names', () => {
  it.each(['jsonb', 'json'])('as %s', async (type) => {
    expect(await db.sql`select ${json(db.sql, CONTENT)}::${db.sql(type)} as content`).toEqual([{ content: CONTENT }])
  })
  it('in an array of it, and when a whole row is made into it', async () => {
    const [row] = await db.sql`select array[${json(db.sql, CONTENT)}::jsonb] as contents,
      (select to_jsonb(t) from (select 1 as head_seq) t) as whole`
    expect(row).toEqual({ contents: [CONTENT], whole: { head_seq: 1 } })
  })
})

it('a column is what the queries say of its type', async () => {
  const [row] = await db.sql`select 1::bigint as big, 1::int as small, 0.5::float as part, count(*)::int as counted,
    date '2026-12-01' as day, date '2026-12-01'::text as civil, timestamptz '2026-12-01T00:00:00Z' as instant,
    '\\x01'::bytea as bytes, 'c0ffee00-0000-4000-8000-000000000000'::uuid as id, '{a,b}'::text[] as list`
  expect(row).toEqual({
    big: '1',
    small: 1,
    part: 0.5,
    counted: 1,
    day: new Date('2026-12-01'),
    civil: '2026-12-01',
    instant: new Date('2026-12-01'),
    bytes: Buffer.from([1]),
    id: 'c0ffee00-0000-4000-8000-000000000000',
    list: ['a', 'b'],
  })
})
