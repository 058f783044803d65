/** Situations (a) and (e): the engine's data is gone, or the cases move to another cluster. */

import type { Client } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { temporalClient } from '../../../cli/temporal-client.ts'
import { fold } from '../../../cases/evolve/index.ts'
import { firstBrokenLink, loadLedger } from '../../../database/ledger.ts'
import { beginBroadcast, broadcastById } from '../../../database/queries/broadcasts.ts'
import { declareSettings } from '../../../database/queries/settings.ts'
import { until } from '../started.ts'
import { startInstallation, type TestInstallation } from '../../installation.ts'
import { type DevServer, startDevServer } from '../../temporal.ts'
import { note, open, type Opened, send, timesRecorded } from '../../workflows/acting.ts'
import { kindsOf, liveOn, reviveOn } from './reviving.ts'

const MONTH_MS = 30 * 86_400_000
let here: TestInstallation
let other: DevServer
let temporal: Client
let cases: Opened[]
let before: number

beforeAll(async () => {
  ;[here, other] = await Promise.all([startInstallation(inject('postgres')), startDevServer()])
  temporal = await temporalClient(other.address, 'default', here.codecRing)
  await here.work()
  await here.work({ engine: other, temporal })
  cases = await Promise.all([open(here), open(here), open(here)])
  before = await headOf(cases[0]!)
})
afterAll(async () => {
  await here.end()
  await temporal.connection.close()
  await other.end()
})
const headOf = async ({ caseId }: Opened): Promise<number> =>
  Number((await here.db.sql`select head_seq from cases where case_id = ${caseId}`)[0]?.['headSeq'])

describe('moving to another engine, while the old one still runs', () => {
  it('is told first, and changes nothing', async () => {
    const { code, said } = await reviveOn(here, temporal, {})
    expect(code).toBe(0)
    expect(said).toContain('3  open in the record, nothing runs in the engine: begins again')
    const rows = await here.db.sql`select distinct incarnation from cases`
    expect(rows.map((row) => row['incarnation'])).toEqual([1])
  })

  it('begins every case from its ledger; what fell due meanwhile keeps its instant and gives one mail a rung', async () => {
    // The old engine stands still while a month is declared: only its date has moved.
    const settings = await declareSettings(
      here.db.sql,
      (newest) => ({ ...newest, offsetMs: newest.offsetMs + MONTH_MS }),
      { user: null, reason: 'advance:x:' },
    )
    await beginBroadcast(here.db.sql, 'advance-x', 'advance', settings.version)
    const { code, said } = await reviveOn(here, temporal)
    expect(said).toContain('3 cases begun again')
    expect(code, said).toBe(0)
    expect(said).toContain('1 declarations go on')
    await until(async () => (await broadcastById(here.db.sql, 'advance-x'))?.finished !== null)
    for (const { caseId } of cases) {
      const ledger = await loadLedger(here.db.sql, here.db.ring, caseId, before)
      expect(ledger?.entries[0]?.event).toEqual({ kind: 'revived', incarnation: 2 })
      const rungs = ledger?.entries.filter(({ event }) => event.kind === 'rung_fired') ?? []
      expect(rungs.length).toBeGreaterThan(1)
      const due = rungs.map(({ at }) => at)
      expect(due).toEqual(due.toSorted((a, b) => a - b))
      expect(due.every((at) => at > Date.now() - 60_000 && at < Date.now() + MONTH_MS)).toBe(true)
      const [sent] = await here.db.sql`select count(*)::int as rows from outbox where case_id = ${caseId}`
      expect(sent?.['rows']).toBe(new Set(rungs.map(({ event }) => JSON.stringify(event))).size)
    }
  })

  it('the new workflow is the ledger to the last value, and so are the lists', async () => {
    for (const { caseId } of cases) {
      const [live, ledger] = await Promise.all([
        liveOn(temporal, caseId),
        loadLedger(here.db.sql, here.db.ring, caseId),
      ])
      expect(fold(caseId, ledger?.entries ?? [])).toEqual(live.state)
      expect(live.head).toEqual(ledger?.head)
      expect(await firstBrokenLink(here.db.sql, caseId)).toBeNull()
      const rows = await here.db.sql`select item from open_steps where case_id = ${caseId} order by item`
      expect(rows.map((row) => row['item'])).toEqual(Object.keys(live.overview.steps).toSorted())
    }
  })

  it('an old workflow that still runs writes nothing: its action fails, and it ends', async () => {
    const [one] = cases
    const asked = note()
    const kept = await kindsOf(here, one!.caseId)
    await expect(send(here, one!, asked)).rejects.toThrow()
    expect(await kindsOf(here, one!.caseId)).toEqual(kept)
    const old = here.temporal.workflow.getHandle(`case-${one!.caseId}`)
    await until(async () => (await old.describe()).status.name === 'COMPLETED')
    const [row] = await here.db.sql`select stopped from cases where case_id = ${one!.caseId}`
    expect(row?.['stopped']).toBeNull()
  })

  it('the same action reaches the new workflow, once', async () => {
    const [one] = cases
    const now = Date.now() + MONTH_MS
    const asked = { ...note(now), notAfter: Date.now() + 60_000 }
    await send({ db: here.db, temporal }, one!, asked)
    await send({ db: here.db, temporal }, one!, asked)
    expect(await timesRecorded(here, one!, asked)).toBe(1)
  })

  it('again finds nothing to do; --all does it all the same', async () => {
    expect((await reviveOn(here, temporal)).said).toContain('record and engine agree: left alone')
    const { said } = await reviveOn(here, temporal, { run: true, all: true })
    expect(said).toContain('3 cases begun again')
    for (const { caseId } of cases)
      expect((await kindsOf(here, caseId)).filter((kind) => kind === 'revived')).toHaveLength(2)
  })
})
