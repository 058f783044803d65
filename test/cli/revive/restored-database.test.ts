/** The database is put back as it was an hour ago: what the workflows know is written again, or the case stops; nothing is skipped. */

import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { NEWEST_ENGINE } from '../../../cases/engines.ts'
import { fold } from '../../../cases/evolve/index.ts'
import { connect, type Sql } from '../../../database/connect.ts'
import { firstBrokenLink } from '../../../database/ledger.ts'
import { settleSignal } from '../../../workflows/messages.ts'
import { startInstallation, type TestInstallation } from '../../installation.ts'
import { run, until } from '../started.ts'
import {
  AGENT,
  action,
  complete,
  entriesOf,
  HEAD,
  itemOf,
  note,
  open,
  type Opened,
  send,
  timesRecorded,
} from '../../workflows/acting.ts'
import { environmentOf } from '../../workflows/worker-process.ts'
import { copyOfCases, kindsOf, liveOn, reviveOn, withoutCases } from './reviving.ts'

let here: TestInstallation
let owner: Sql
let stopWork: () => Promise<void>
beforeAll(async () => {
  here = await startInstallation(inject('postgres'))
  owner = connect(here.db.url, { as: 'owner', max: 1 })
  stopWork = await here.work()
})
afterAll(async () => {
  await owner.end()
  await here.end()
})
beforeEach(async () => {
  await withoutCases(owner)
})
async function isWell(one: Opened): Promise<void> {
  const live = await liveOn(here.temporal, one.caseId)
  expect(live.stopped).toBeNull()
  expect(fold(one.caseId, await entriesOf(here, one))).toEqual(live.state)
  expect(await firstBrokenLink(here.db.sql, one.caseId)).toBeNull()
  const rows = await here.db.sql`select item from open_steps where case_id = ${one.caseId} order by item`
  expect(rows.map((row) => row['item'])).toEqual(Object.keys(live.overview.steps).toSorted())
  expect((await reviveOn(here, here.temporal, {})).said).toContain('record and engine agree')
}

describe('what was written after the copy', () => {
  it('is written again from the workflow, which goes on; every act is there once', async () => {
    const one = await open(here)
    const before = note()
    await send(here, one, before)
    const back = await copyOfCases(owner)
    const lost = [note(), note()]
    for (const each of lost) await send(here, one, each)
    const triage = action(complete(await itemOf(here, one, 'triage'), 'ours', { priority: 'none' }), HEAD)
    await send(here, one, triage)
    const whole = await entriesOf(here, one)
    await back()

    const dry = await reviveOn(here, here.temporal, {})
    expect(dry.said).toContain(`the workflow knows more than the record: written again in the record  (${one.number})`)
    expect(await timesRecorded(here, one, lost[0]!)).toBe(0)

    const { code, said } = await reviveOn(here, here.temporal)
    expect(code, said).toBe(0)
    expect(said).toContain('1 cases written again')
    expect(await entriesOf(here, one)).toEqual(whole)
    for (const each of [before, ...lost, triage]) expect(await timesRecorded(here, one, each)).toBe(1)
    await isWell(one)
    // Nothing was begun again, and whoever asks again is answered with what they did.
    expect(await kindsOf(here, one.caseId)).not.toContain('revived')
    const answer = await send(here, one, lost[0]!)
    expect(answer.toSeq).toBeGreaterThan(0)
    await send(here, one, note())
  })

  it('is written again too when the workflow has found the gap and stopped: it then begins again', async () => {
    const one = await open(here)
    const back = await copyOfCases(owner)
    const lost = note()
    await send(here, one, lost)
    await back()
    const refused = note()
    await expect(send(here, one, refused)).rejects.toThrow()
    await until(async () => (await liveOn(here.temporal, one.caseId)).stopped === 'gap')

    const { code, said } = await reviveOn(here, here.temporal)
    expect(code, said).toBe(0)
    expect(await timesRecorded(here, one, lost)).toBe(1)
    expect((await kindsOf(here, one.caseId)).at(-1)).toBe('revived')
    // Nobody was told that this was done, so it is not; the same again is.
    expect(await timesRecorded(here, one, refused)).toBe(0)
    await send(here, one, { ...refused, notAfter: Date.now() + 60_000 })
    expect(await timesRecorded(here, one, refused)).toBe(1)
    await isWell(one)
  })

  it('is found in runs that the present one continued', async () => {
    const one = await open(here, { maxHistory: 60 })
    const back = await copyOfCases(owner)
    const first = (await liveOn(here.temporal, one.caseId)).head.seq
    const handle = here.temporal.workflow.getHandle(`case-${one.caseId}`)
    const lost = [note(), note(), note()]
    for (const each of lost) {
      const { runId } = await handle.describe()
      // Between two runs an update is told to come again.
      await until(() => send(here, one, { ...each, notAfter: Date.now() + 60_000 }).then(() => true))
      await handle.signal(settleSignal, { engine: NEWEST_ENGINE })
      await until(async () => (await handle.describe()).runId !== runId)
    }
    const whole = await entriesOf(here, one)
    expect(whole.length).toBeGreaterThan(first)
    await back()
    const { code, said } = await reviveOn(here, here.temporal)
    expect(code, said).toBe(0)
    expect(await entriesOf(here, one)).toEqual(whole)
    await isWell(one)
  })

  it('is written again for a case that was closed meanwhile, and stays closed', async () => {
    const one = await open(here)
    const item = await itemOf(here, one, 'triage')
    await send(here, one, action({ ...complete(item, 'not_ours', { priority: 'none', population: 'refugee' }) }, HEAD))
    const slip = { orientation_slip: [{ paper: 'digest' }] }
    const refugee = { ...complete(await itemOf(here, one, 'refugee'), 'received', {}), evidence: slip }
    await send(here, one, action(refugee as never, AGENT))
    const back = await copyOfCases(owner)
    const supervisor = [{ role: 'supervisor', place: 'ml' }]
    const check = await itemOf(here, one, 'population_check')
    const taken = action(complete(check, 'taken_over', { taken_by: 'mrn' }), supervisor)
    const seen = await send(here, one, taken).catch((error: { cause?: { details?: { basis?: string }[] } }) => error)
    const basis = 'cause' in seen ? (seen.cause?.details?.[0]?.basis ?? null) : null
    await send(here, one, action({ ...taken.act, basis } as never, supervisor))
    await until(async () => {
      const { status } = await here.temporal.workflow.getHandle(`case-${one.caseId}`).describe()
      return status.name === 'COMPLETED'
    })
    await back()
    const { code, said } = await reviveOn(here, here.temporal)
    expect(code, said).toBe(0)
    const [row] = await here.db.sql`select status, closed_reason from cases where case_id = ${one.caseId}`
    expect(row).toMatchObject({ status: 'closed', closedReason: 'other_procedure' })
  })
})

describe('what cannot be written again', () => {
  it('stops the case and is told, until somebody gives it up with --discard', async () => {
    const one = await open(here)
    const back = await copyOfCases(owner)
    const lost = note()
    await send(here, one, lost)
    await back()
    // As if the record went on with another story: the last entry is not the one that the workflow followed.
    await owner`update case_events set hash = ${'e'.repeat(64)} where seq = (select max(seq) from case_events)`
    await owner`update cases set head_hash = ${'e'.repeat(64)}`
    const first = await reviveOn(here, here.temporal)
    expect(first.said).toContain(`1 cannot be written again, and take no act: ${one.number} (fork)`)
    expect(first.code).toBe(1)
    expect(await timesRecorded(here, one, lost)).toBe(0)

    const { said } = await reviveOn(here, here.temporal, { run: true, discard: true })
    expect(said).toContain('begins again')
    expect((await kindsOf(here, one.caseId)).at(-1)).toBe('revived')
    await send(here, one, { ...lost, notAfter: Date.now() + 60_000 })
    expect(await timesRecorded(here, one, lost)).toBe(1)
  })
})

describe('an erased case', () => {
  it('is not begun again, and says so', async () => {
    const one = await open(here)
    await here.temporal.workflow.getHandle(`case-${one.caseId}`).terminate('as if lost')
    await owner`update case_keys set wrapped = null, destroyed = now() where compartment = 'general'`
    const { code, said } = await reviveOn(here, here.temporal, { run: true, all: true })
    expect(said).toContain(`its entries were erased: left alone  (${one.number})`)
    expect(code).toBe(1)
    const [row] = await here.db.sql`select incarnation from cases where case_id = ${one.caseId}`
    expect(row?.['incarnation']).toBe(1)
  })
})

it('nothing is begun while no worker has asked for work: it says so and changes nothing', async () => {
  const one = await open(here)
  await stopWork()
  const other = await startInstallation(inject('postgres'))
  const told = await environmentOf(here)
  try {
    // An engine that no worker has ever asked.
    const revival = run(['revive', '--run', '--all'], { ...told.env, TEMPORAL_ADDRESS: other.engine.address })
    expect(await revival.ended()).toBe(1)
    expect(revival.said()).toContain('No worker is running')
    const [row] = await here.db.sql`select incarnation from cases where case_id = ${one.caseId}`
    expect(row?.['incarnation']).toBe(1)
  } finally {
    await told.end()
    await other.end()
  }
})
