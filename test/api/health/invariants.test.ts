/** Each invariant that needs a ledger is broken once on the running system, by whoever may do anything, and is found. */

import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import type { CaseEvent, Entry } from '../../../cases/events.ts'
import { commitmentKeyOf } from '../../../database/case-keys.ts'
import { connect, type Sql } from '../../../database/connect.ts'
import { loadLedger, recordBatch } from '../../../database/ledger.ts'
import { batchOf } from '../../database/writer.ts'
import { DIGEST, open, type Opened } from '../../workflows/acting.ts'
import { type RealApi, type Person, startRealApi } from '../installed-api.ts'
import { must, rows } from '../screens/clerk.ts'

let api: RealApi
let desk: Person
let owner: Sql
let one: Opened
beforeAll(async () => {
  api = await startRealApi(inject('postgres'))
  await api.here.work()
  desk = await api.person('ibrahim.toure')
  owner = connect(api.here.db.url, { as: 'owner', max: 1 })
})
afterAll(async () => {
  await owner.end()
  await api.end()
})
const TABLES = ['open_steps', 'runs', 'outbox', 'case_actions', 'case_events', 'case_keys', 'cases']
beforeEach(async () => {
  for (const table of TABLES) await owner.unsafe(`delete from ${table}`)
  one = await open(api.here)
})

/** Ids of what does not hold, in all cases and in this one. */
async function broken(): Promise<string[]> {
  const found = rows(await must(desk.get('/api/v1/invariants')), '/invariants').filter((each) => each['holds'] !== true)
  for (const each of found) expect(each['worst']).toEqual([one.number])
  return found.map((each) => String(each['id']))
}
const ledger = async (): Promise<Entry[]> =>
  (await loadLedger(api.here.db.sql, api.here.db.ring, one.caseId))?.entries ?? []

/** Whoever holds every key writes entries into the ledger, chained as they should be. */
async function forged(events: CaseEvent[], more: Partial<Entry> = {}): Promise<void> {
  const { sql, ring } = api.here.db
  const [row] = await sql`select head_seq, head_hash from cases where case_id = ${one.caseId}`
  const head = { seq: Number(row?.['headSeq']), hash: String(row?.['headHash']) }
  const list = events.map((event, index) => ({
    entry: {
      seq: head.seq + index + 1,
      at: Date.now(),
      recorded: Date.now(),
      by: { kind: 'time' as const },
      action: null,
      event,
      ...more,
    },
    compartment: 'general',
  }))
  const writer = { ...one, key: await commitmentKeyOf(sql, ring, one.caseId) }
  expect((await recordBatch(sql, ring, batchOf(writer, head, list))).kind).toBe('recorded')
}

it('all hold over a case as it should be', async () => {
  expect(await broken()).toEqual([])
})

describe('silence never refuses or closes (I2)', () => {
  it('a case that time has closed is found', async () => {
    await forged([{ kind: 'case_closed', reason: 'lost_contact' }])
    await owner`update cases set status = 'closed', closed_reason = 'lost_contact'`
    expect(await broken()).toContain('I2')
  })
})

describe('an accepted action is never lost and never applied twice (I3)', () => {
  it('an action that is in the ledger twice is found', async () => {
    const first = (await ledger()).find(({ event }) => event.kind === 'action_taken')
    await forged([first!.event], { action: first!.action, by: first!.by })
    expect(await broken()).toContain('I3')
  })
  it('an action that somebody was answered for, and that is not there, is found', async () => {
    await owner`insert into case_actions (action_id, case_id, act, digest, from_seq, to_seq)
      values ('lost', ${one.caseId}, 'add_note', 'd', 999, 999)`
    expect(await broken()).toEqual(['I3'])
  })
})

describe('what is left of a clock is its budget less the time counted (I4)', () => {
  it('a clock that was moved by an hour is found', async () => {
    const opened = (await ledger()).flatMap(({ event }) => (event.kind === 'step_opened' ? event.clocks : []))
    const [clock] = opened
    const marks = clock!.marks.map((mark) => ({ ...mark, at: mark.at + 3_600_000 }))
    await forged([{ kind: 'clock_replanned', clock: clock!.id, marks, because: 'calendar' }])
    expect(await broken()).toContain('I4')
  })
})

describe('ledger, lists and live state say the same (I5)', () => {
  it('a list that says otherwise is found', async () => {
    await owner`update open_steps set owner = 'usr-somebody'`
    expect(await broken()).toEqual(['I5'])
  })
  it('a list that tells another unit of a clock is found, and one of before units were kept is not', async () => {
    await owner`update open_steps set clock_unit = null`
    expect(await broken()).toEqual([])
    await owner`update open_steps set clock_unit = 'weeks' where clock is not null`
    expect(await broken()).toEqual(['I5'])
  })
  it('a ledger that says more than the workflow is found', async () => {
    await forged([{ kind: 'noted', item: null, text: DIGEST }])
    expect(await broken()).toEqual(['I5'])
  })
  it('a case whose workflow is gone is found', async () => {
    await api.here.temporal.workflow.getHandle(`case-${one.caseId}`).terminate('for this test')
    expect(await broken()).toEqual(['I5'])
  })
})
describe('each rung is in the ledger once (I6)', () => {
  it('one that fired twice is found', async () => {
    const [clock] = (await ledger()).flatMap(({ event }) => (event.kind === 'step_opened' ? event.clocks : []))
    const rung: CaseEvent = {
      kind: 'rung_fired',
      clock: clock!.id,
      mark: 'due',
      rung: 'due',
      to: 'centre_head',
      place: 'senou',
      next: null,
    }
    await forged([rung, rung])
    expect(await broken()).toContain('I6')
  })
})

describe('a case runs under the version that it began with (I7)', () => {
  it('a run under a version that nobody published is found', async () => {
    const begun = (await ledger()).flatMap(({ event }) => (event.kind === 'run_begun' ? [event] : []))[0]!
    await forged([{ ...begun, run: 'other-k7m', procedure: { ...begun.procedure, hash: 'f'.repeat(64) } }])
    expect(await broken()).toContain('I7')
  })
  it('a list that names another version is found', async () => {
    await owner`update runs set hash = ${'f'.repeat(64)}`
    expect(await broken()).toEqual(['I5', 'I7'])
  })
})

describe('nothing personal stands in clear (I8)', () => {
  it('a text where its digest belongs is found', async () => {
    await forged([{ kind: 'noted', item: null, text: 'Awa a téléphoné' }])
    expect(await broken()).toContain('I8')
  })
  it('a personal answer among the others is found', async () => {
    const begun = (await ledger()).flatMap(({ event }) => (event.kind === 'run_begun' ? [event] : []))[0]!
    await forged([{ ...begun, inputs: { ...begun.inputs, phone: '70000000' } }])
    expect(await broken()).toContain('I8')
  })
  it('a sentence where a code belongs is found', async () => {
    await forged([{ kind: 'case_closed', reason: 'Awa est partie' }])
    expect(await broken()).toContain('I8')
  })
  it('a case whose history somebody wrote in clear is found', async () => {
    const id = `case-${one.caseId}`
    await api.here.temporal.workflow.getHandle(id).terminate('for this test')
    const { address } = api.here.engine
    const connection = await Connection.connect({ address })
    const args = [{ note: 'Awa' }]
    await new Client({ connection }).workflow.start('caseWorkflow', { workflowId: id, taskQueue: 'nobody', args })
    await connection.close()
    expect(await broken()).toContain('I8')
  })
})
