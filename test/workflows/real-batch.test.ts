/** A batch over many cases whose worker is killed in the middle, as it begins and as it is lifted: once in each case. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resumeUnfinished } from '../../cli/unfinished.ts'
import { firstBrokenLink } from '../../database/ledger.ts'
import { addBatch, addLift, batchById, countsOf } from '../../database/queries/batches.ts'
import { readInstallation } from '../../database/queries/installation.ts'
import { TASK_QUEUE } from '../../workflows/messages.ts'
import type { TestInstallation } from '../installation.ts'
import { entriesOf, type Opened } from './acting.ts'
import { ownServers } from './own-servers.ts'
import type { WorkerProcess } from './worker-process.ts'

const CASES = 24
const ID = 'batch-test'
let here: TestInstallation
let worker: WorkerProcess
let cases: Opened[]
let end: () => Promise<void>

beforeAll(async () => {
  ;({ here, worker, cases, end } = await ownServers(CASES))
})
afterAll(() => end())

const times = async (is: (kind: string, because?: string) => boolean): Promise<number[]> =>
  Promise.all(
    cases.map(
      async (one) =>
        (await entriesOf(here, one)).filter(({ event }) =>
          is(event.kind, 'because' in event ? event.because : undefined),
        ).length,
    ),
  )
const counts = () => countsOf(here.db.sql, ID)
async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 20))
}
const begin = (workflowId: string, way: 'begin' | 'lift') =>
  here.temporal.workflow.start('batchWorkflow', { workflowId, taskQueue: TASK_QUEUE, args: [{ batch: ID, way }] })

describe('a batch whose worker is killed', () => {
  it('goes on where it was: each case began exactly once, and was lifted exactly once', async () => {
    const [national] = await here.db.sql`select id from users where login = 'ibrahim.toure'`
    const by = { user: String(national?.['id']), holds: [{ role: 'national_coordination', place: 'ml' }] }
    const answers = { reason: 'verification' }
    const plan = { procedure: 'ml-freeze', answers, filter: { place: 'ml' }, places: ['ml'], by, asked: new Date() }
    const asked = cases.map(({ caseId }) => ({ caseId, refusal: null }))
    await addBatch(here.db.sql, { id: ID, digest: ID, ...plan }, asked)
    const beginning = await begin(ID, 'begin')
    await until(async () => (await counts()).begun > 0)
    await worker.kill()
    expect((await counts()).waiting).toBeGreaterThan(0)
    await worker.start()
    await beginning.result()
    expect(await counts()).toMatchObject({ begun: CASES, waiting: 0, refused: 0 })

    await addLift(here.db.sql, ID, { id: `${ID}-lift`, by, asked: new Date() })
    const lifting = await begin(`${ID}-lift`, 'lift')
    await until(async () => (await counts()).lifted > 0)
    await worker.kill()
    expect((await counts()).begun).toBeGreaterThan(0)
    await worker.start()
    await lifting.result()
    expect(await counts()).toMatchObject({ lifted: CASES, begun: 0, over: 0, kept: 0 })
    expect((await batchById(here.db.sql, ID))?.lift?.done).not.toBeNull()

    const one = cases.map(() => 1)
    expect(await times((kind, because) => kind === 'run_stopped' && because === 'lifted')).toEqual(one)
    const begun = await here.db.sql`select case_id, status from runs where procedure = 'ml-freeze'`
    expect(begun).toHaveLength(CASES)
    expect(new Set(begun.map((row) => row['caseId'])).size).toBe(CASES)
    for (const { caseId } of cases) expect(await firstBrokenLink(here.db.sql, caseId)).toBeNull()
  })

  it('begins in no further case once it is to be lifted', async () => {
    const id = 'batch-cut'
    const [kept] = await here.db.sql`select by_user, by_holds from batches where id = ${ID}`
    const by = { user: String(kept?.['byUser']), holds: kept?.['byHolds'] }
    const plan = { procedure: 'ml-freeze', answers: { reason: 'fraud' }, filter: {}, places: [], by, asked: new Date() }
    const asked = cases.map(({ caseId }) => ({ caseId, refusal: null }))
    await addBatch(here.db.sql, { id, digest: id, ...plan }, asked)
    await addLift(here.db.sql, id, { id: `${id}-lift`, by, asked: new Date() })
    const start = (workflowId: string, way: 'begin' | 'lift') =>
      here.temporal.workflow.start('batchWorkflow', { workflowId, taskQueue: TASK_QUEUE, args: [{ batch: id, way }] })
    const lifting = await start(`${id}-lift`, 'lift')
    await start(id, 'begin')
    await lifting.result()
    expect(await countsOf(here.db.sql, id)).toMatchObject({ nothing: CASES, begun: 0, lifted: 0 })
    expect(await here.db.sql`select 1 from runs where procedure = 'ml-freeze'`).toHaveLength(CASES)
  })

  it('is begun by whoever looks next, when the process that recorded it died before it could', async () => {
    const [kept] = await here.db.sql`select by_user, by_holds from batches where id = ${ID}`
    const by = { user: String(kept?.['byUser']), holds: kept?.['byHolds'] }
    const id = 'batch-late'
    const plan = { procedure: 'ml-freeze', answers: { reason: 'fraud' }, filter: {}, places: [], by, asked: new Date() }
    const asked = cases.slice(0, 3).map(({ caseId }) => ({ caseId, refusal: null }))
    await addBatch(here.db.sql, { id, digest: id, ...plan }, asked)
    const installation = await readInstallation(here.db.sql)
    if (!installation) throw new Error('no installation')
    const going = { sql: here.db.sql, temporal: here.temporal, installation }
    expect(await resumeUnfinished(going)).toBe(1)
    expect(await resumeUnfinished(going)).toBeLessThanOrEqual(1)
    await here.temporal.workflow.getHandle(id).result()
    expect(await countsOf(here.db.sql, id)).toMatchObject({ begun: 3, nothing: 0 })
    expect(await resumeUnfinished(going)).toBe(0)
  })
})
