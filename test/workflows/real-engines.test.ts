/** New code under running cases, on real servers: two generations of workers, cases of both, and the way from one to the other. */

import { NativeConnection, Worker } from '@temporalio/worker'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { NEWEST_ENGINE } from '../../cases/engines.ts'
import { createActivities } from '../../activities/index.ts'
import { fold } from '../../cases/evolve/index.ts'
import { workersOf } from '../../cli/engine.ts'
import { settleCases } from '../../cli/settle.ts'
import { raiseEngine, readInstallation } from '../../database/queries/installation.ts'
import { SealingCodec } from '../../worker/codec.ts'
import { failureConverterPath } from '../../worker/host.ts'
import { runUntilStopped } from '../../worker/run.ts'
import { workerIdentity } from '../../worker/identity.ts'
import { caseWorkflowId, TASK_QUEUE } from '../../workflows/messages.ts'
import { workflowBundle } from '../workflow-bundle.ts'
import { startInstallation, type TestInstallation } from '../installation.ts'
import { entriesOf, note, open, type Opened, send } from './acting.ts'
import { PATIENCE_MS } from '../patience.ts'

let here: TestInstallation
let stopOld: () => Promise<void>
beforeAll(async () => {
  here = await startInstallation(inject('postgres'))
  await here.db.sql`update installation set engine = 1`
  stopOld = await oldWorker()
})
afterAll(() => here.end())

/** A worker of the release before: its code knows one engine. */
async function oldWorker(): Promise<() => Promise<void>> {
  const bundle = await workflowBundle()
  const code = bundle.code.replace(/NEWEST_ENGINE = \d+/, 'NEWEST_ENGINE = 1')
  expect(code).not.toBe(bundle.code)
  const connection = await NativeConnection.connect({ address: here.engine.address })
  const worker = await Worker.create({
    connection,
    identity: workerIdentity('old', 1),
    workflowBundle: { code },
    taskQueue: TASK_QUEUE,
    activities: createActivities({ sql: here.db.sql, ring: here.db.ring, temporal: here.temporal }),
    dataConverter: { payloadCodecs: [new SealingCodec(here.codecRing)], failureConverterPath },
  })
  const done = runUntilStopped(worker)
  return async () => {
    worker.shutdown()
    await done
    await connection.close()
  }
}
const engineOfCase = async ({ caseId }: Opened): Promise<number> =>
  Number((await here.db.sql`select engine from cases where case_id = ${caseId}`)[0]?.['engine'])

describe('a new engine under running cases', () => {
  let old: Opened
  it('is not given to new cases while a worker does not know it', async () => {
    old = await open(here)
    expect((await workersOf(here.temporal)).map((one) => one.knows)).toEqual([1])
    expect(await engineOfCase(old)).toBe(1)
  })
  it('that was given too early is refused by a worker that is too old, and goes on once a newer one is there', async () => {
    await raiseEngine(here.db.sql, NEWEST_ENGINE)
    await expect(open(here)).rejects.toThrow(/failed state/)
    const [row] = await here.db.sql`select case_id from cases where head_seq = 0`
    const caseId = String(row?.['caseId'])
    expect(await tasks(caseId)).toMatchObject({ completed: 0 })
    await here.work()
    const known = async (): Promise<number[]> => (await workersOf(here.temporal)).map((one) => one.knows)
    await expect.poll(async () => (await known()).toSorted(), { timeout: PATIENCE_MS }).toEqual([1, NEWEST_ENGINE])
    await stopOld()
    await expect.poll(async () => (await tasks(caseId)).completed, { timeout: PATIENCE_MS }).toBeGreaterThan(0)
    expect(await engineOfCase(await open(here))).toBe(NEWEST_ENGINE)
  })
  it('leaves open cases as they were until they settle, each once and for good', async () => {
    await send(here, old, note())
    expect(await engineOfCase(old)).toBe(1)
    const said: string[] = []
    const settling = {
      sql: here.db.sql,
      temporal: here.temporal,
      engine: NEWEST_ENGINE,
      perSecond: 10,
      out: (line: string) => void said.push(line),
    }
    expect(await settleCases(settling)).toBe(0)
    expect(said.at(-1)).toBe('all 1 have settled')
    await send(here, old, note())
    const entries = await entriesOf(here, old)
    expect(entries.filter(({ event }) => event.kind === 'engine_taken')).toHaveLength(1)
    expect(fold(old.caseId, entries).engine).toBe(NEWEST_ENGINE)
    expect(await engineOfCase(old)).toBe(NEWEST_ENGINE)
    expect(await settleCases(settling)).toBe(0)
    expect((await entriesOf(here, old)).length).toBe(entries.length)
  })
  it('is never lowered', async () => {
    expect(await raiseEngine(here.db.sql, 1)).toBe(false)
    expect((await readInstallation(here.db.sql))?.engine).toBe(NEWEST_ENGINE)
  })
})

async function tasks(caseId: string): Promise<{ completed: number }> {
  const { events } = await here.temporal.workflow.getHandle(caseWorkflowId(caseId)).fetchHistory()
  return { completed: (events ?? []).filter((event) => event.workflowTaskCompletedEventAttributes).length }
}
