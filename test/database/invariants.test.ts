/** Each invariant that SQL can answer is broken once, by whoever may do anything, and is found. */

import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { connect, type Sql } from '../../database/connect.ts'
import { recordBatch } from '../../database/ledger.ts'
import { makeInstallation } from '../../database/queries/installation.ts'
import { recordInvariants } from '../../database/queries/invariants.ts'
import { freshDatabase, type TestDatabase } from '../postgres.ts'
import { batchOf, FIRST, newWriter, noted, rung, type Writer } from './writer.ts'

const NOW = new Date('2026-11-23T12:00:00Z')
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000)
const made: { db: TestDatabase; owner: Sql }[] = []
let db: TestDatabase
let owner: Sql
let writer: Writer

beforeEach(async () => {
  db = await freshDatabase(inject('postgres'))
  owner = connect(db.url, { as: 'owner', max: 1 })
  made.push({ db, owner })
  await makeInstallation(db.sql, 'training', 1)
  writer = await newWriter(db)
  const { caseId } = writer
  await recordBatch(
    db.sql,
    db.ring,
    batchOf(writer, FIRST, [noted(1), noted(2), noted(3)], { outbox: [rung('a'), rung('b')] }),
  )
  await owner`update cases set status = 'open', next_wake = ${minutesAgo(-60)} where case_id = ${caseId}`
  await owner`insert into open_steps (case_id, item, run, procedure, version, step, round, kind, stage, state, roles, users,
      told, place, opened, clock, clock_kind, due, breached, fired)
    values (${caseId}, 'r.s.1', 'r', 'p', 1, 's', 1, 'task', 'referral', 'open', '{case_manager}', '{}', '{}', 'kayes',
      ${NOW}, 'r.s.1.due', 'due', ${NOW}, false, 0)`
})
afterAll(async () => {
  for (const one of made) {
    await one.owner.end()
    await one.db.drop()
  }
})

/** Only the ids of what does not hold, with the numbers of its cases. */
const broken = async (): Promise<Record<string, string[]>> =>
  Object.fromEntries(
    (await recordInvariants(db.sql, NOW)).filter((one) => one.count > 0).map((one) => [one.id, one.worst]),
  )

it('all hold over a case as it should be', async () => {
  expect(await broken()).toEqual({})
})

describe('nobody is forgotten (I1)', () => {
  it('an open case without any step is found', async () => {
    await owner`delete from open_steps`
    expect(await broken()).toEqual({ I1: [writer.number] })
  })
  it('an open case whose only clocks are held is found: no rung will ever speak', async () => {
    await owner`update open_steps set state = 'held'`
    expect(await broken()).toEqual({ I1: [writer.number] })
  })
  it('a step that belongs to nobody does not count', async () => {
    await owner`update open_steps set roles = '{}'`
    expect(await broken()).toEqual({ I1: [writer.number] })
  })
  it('a step that waits for its day does: its clock will open it and name its owner', async () => {
    await owner`update open_steps set roles = '{}', state = 'waiting'`
    expect(await broken()).toEqual({})
    await owner`update open_steps set clock = null`
    expect(await broken()).toEqual({ I1: [writer.number] })
  })
})

describe('one mail, one Message-ID (I6)', () => {
  it('the same one given to two readers is found', async () => {
    await owner`update outbox set state = 'sent', message_id = '<m@x>', sent_to = key`
    expect(await broken()).toEqual({ I6: [writer.number] })
  })
})

describe('a closed case is at rest (I9)', () => {
  it('an open step in it is found', async () => {
    await owner`update cases set status = 'closed'`
    expect(await broken()).toEqual({ I9: [writer.number] })
  })
})

describe('the ledger has no gap and no fork (I11)', () => {
  it('an entry that is missing is found', async () => {
    await owner`delete from case_events where seq = 2`
    expect(Object.keys(await broken())).toEqual(['I11'])
  })
  it('an entry missing at the end is found', async () => {
    await owner`delete from case_events where seq = 3`
    expect(Object.keys(await broken())).toEqual(['I11'])
  })
  it('an entry that was changed is found', async () => {
    await owner`update case_events set commitment = ${'d'.repeat(64)} where seq = 1`
    expect(await broken()).toEqual({ I11: [writer.number] })
  })
  it('a case whose writer was refused is found', async () => {
    await recordBatch(db.sql, db.ring, batchOf(writer, FIRST, [noted(1, 'general', 'other')]))
    expect(await broken()).toEqual({ I11: [writer.number] })
  })
})

describe('nobody can tell that a restricted run exists (I13)', () => {
  beforeEach(async () => {
    const [row] = await db.sql`select head_seq, head_hash from cases where case_id = ${writer.caseId}`
    const head = { seq: Number(row?.['headSeq']), hash: String(row?.['headHash']) }
    const hidden = [noted(4, 'restricted:r')]
    await recordBatch(db.sql, db.ring, batchOf(writer, head, hidden))
    await owner`insert into runs (case_id, run, procedure, version, hash, status, begun, visible_to)
      values (${writer.caseId}, 'r', 'p', 1, 'h', 'open', ${NOW}, '{child_protection}')`
    await owner`update open_steps set visible_to = '{child_protection}'`
  })
  const found = async () => (await recordInvariants(db.sql, NOW)).find((one) => one.id === 'I13')
  it('what is marked and sealed apart is well', async () => {
    expect(await found()).toEqual({ id: 'I13', count: 0, worst: [] })
  })
  it('a step of it that every list shows is found, and not named: its number would tell', async () => {
    await owner`update open_steps set visible_to = null`
    expect(await found()).toEqual({ id: 'I13', count: 1, worst: [] })
  })
  it('entries of it that are not sealed apart are found', async () => {
    await owner`update case_events set compartment = 'general'`
    expect(await found()).toEqual({ id: 'I13', count: 1, worst: [] })
  })
})

describe('no case oversleeps (I12)', () => {
  const wakes = (at: Date) => owner`update open_steps set due = ${at}`
  it('by more than ten minutes', async () => {
    await wakes(minutesAgo(9))
    expect(await broken()).toEqual({})
    await wakes(minutesAgo(11))
    expect(await broken()).toEqual({ I12: [writer.number] })
  })
  it('from one reminder to the next, once a deadline has spoken', async () => {
    await owner`update open_steps set due = ${minutesAgo(90)}, breached = true, next_rung = ${minutesAgo(9)}`
    expect(await broken()).toEqual({})
    await owner`update open_steps set next_rung = ${minutesAgo(11)}`
    expect(await broken()).toEqual({ I12: [writer.number] })
  })
  it('and what is held, or only a restricted run awaits, is not told', async () => {
    await wakes(minutesAgo(11))
    await owner`update open_steps set state = 'held'`
    expect(await broken()).not.toHaveProperty('I12')
    await owner`update open_steps set state = 'open', visible_to = '{trafficking_focal}'`
    await owner`update cases set next_wake = ${minutesAgo(11)}`
    expect(await broken()).toEqual({})
  })
  it('in service after the ten minutes over which wake-ups are spread', async () => {
    await owner`update installation set kind = 'service', id = ${randomUUID()}`
    await wakes(minutesAgo(19))
    expect(await broken()).toEqual({})
    await wakes(minutesAgo(21))
    expect(await broken()).toEqual({ I12: [writer.number] })
  })
})
