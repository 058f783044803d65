import { randomBytes } from 'node:crypto'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { findBinary, TIME_SKIPPING } from '../../local/temporal-binary.ts'
import { fold } from '../../cases/evolve/index.ts'
import { firstBrokenLink } from '../../database/ledger.ts'
import { createWorker, failureConverterPath } from '../../worker/host.ts'
import { runUntilStopped } from '../../worker/run.ts'
import { SealingCodec } from '../../worker/codec.ts'
import { caseStateQuery, caseWorkflowId } from '../../workflows/messages.ts'
import type { TestDatabase } from '../postgres.ts'
import { staffedDatabase } from '../templates.ts'
import { workflowBundle } from '../workflow-bundle.ts'
import { quieten } from '../installation.ts'
import { BINARIES } from '../temporal.ts'
import { entriesOf, open } from './acting.ts'
import { PATIENCE_MS } from '../patience.ts'

let environment: TestWorkflowEnvironment
let db: TestDatabase
let stop: () => Promise<void>

beforeAll(async () => {
  quieten()
  const { path } = await findBinary(TIME_SKIPPING, BINARIES, () => {})
  ;({ db } = await staffedDatabase(inject('postgres')))
  const codecRing = { current: 'c1', keys: { c1: randomBytes(32) } }
  environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
    client: { dataConverter: { payloadCodecs: [new SealingCodec(codecRing)], failureConverterPath } },
  })
  const worker = await createWorker({
    connection: environment.nativeConnection,
    namespace: environment.namespace ?? 'default',
    workflowBundle: await workflowBundle(),
    tools: { sql: db.sql, ring: db.ring, temporal: environment.client },
    codecRing,
    identity: 'test',
  })
  const running = runUntilStopped(worker)
  stop = async () => {
    worker.shutdown()
    await running
  }
})
afterAll(async () => {
  await stop()
  await environment.teardown()
  await db.drop()
})

it('lives through twelve months in which nobody acts: every rung once, never closed, never forgotten', async () => {
  const engine = { db, temporal: environment.client }
  const began = await environment.currentTimeMs()
  const one = await open(engine, {}, began)
  for (let month = 0; month < 12; month += 1) await environment.sleep('30 days')
  const handle = environment.client.workflow.getHandle(caseWorkflowId(one.caseId))
  await expect
    .poll(async () => (await handle.query(caseStateQuery)).inFlight, { timeout: PATIENCE_MS, interval: 200 })
    .toBe(0)
  const entries = await entriesOf(engine, one)
  const rungs = entries.flatMap(({ event }) =>
    event.kind === 'rung_fired' ? [`${event.clock}/${event.mark}/${event.to}`] : [],
  )
  expect(rungs.length).toBeGreaterThan(12)
  expect(new Set(rungs).size).toBe(rungs.length)
  const live = await handle.query(caseStateQuery)
  expect(live.state.status).toBe('open')
  expect(Object.values(live.state.clocks).some((clock) => clock.marks.length > 0)).toBe(true)
  expect(fold(one.caseId, entries)).toEqual(live.state)
  expect(await firstBrokenLink(db.sql, one.caseId)).toBeNull()
  const [mails] =
    await db.sql`select count(*)::int as count from outbox where case_id = ${one.caseId} and rung is not null`
  expect(mails?.['count']).toBe(rungs.length)
})

it('spends at most seven events of history on a rung', async () => {
  const engine = { db, temporal: environment.client }
  const one = await open(engine, {}, await environment.currentTimeMs())
  const handle = environment.client.workflow.getHandle(caseWorkflowId(one.caseId))
  const before = (await handle.describe()).historyLength
  await environment.sleep('30 days')
  await expect
    .poll(async () => (await handle.query(caseStateQuery)).inFlight, { timeout: PATIENCE_MS, interval: 200 })
    .toBe(0)
  const rungs = (await entriesOf(engine, one)).filter(({ event }) => event.kind === 'rung_fired')
  const after = (await handle.describe()).historyLength
  expect(rungs.length).toBeGreaterThanOrEqual(4)
  expect((after - before) / rungs.length).toBeLessThanOrEqual(7)
})
