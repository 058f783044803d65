/** A handover over many cases whose worker is killed in the middle: every case moves, and none twice. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addHandover, countOf, handoverById, portionsOf } from '../../database/queries/handovers.ts'
import { firstBrokenLink } from '../../database/ledger.ts'
import { TASK_QUEUE } from '../../workflows/messages.ts'
import type { TestInstallation } from '../installation.ts'
import { action, entriesOf, type Opened, send } from './acting.ts'
import { ownServers } from './own-servers.ts'
import type { WorkerProcess } from './worker-process.ts'

const CASES = 24
const CHIEF = [{ role: 'supervisor', place: 'ml-bamako' }]
let here: TestInstallation
let worker: WorkerProcess
let cases: Opened[]
let end: () => Promise<void>
let hawa: string
let mamadou: string

beforeAll(async () => {
  ;({ here, worker, cases, end } = await ownServers(CASES))
  const idOf = async (login: string): Promise<string> =>
    String((await here.db.sql`select id from users where login = ${login}`)[0]?.['id'])
  hawa = await idOf('hawa.maiga')
  mamadou = await idOf('mamadou.bagayoko')
  for (const one of cases) await send(here, one, action({ act: 'change_case_manager', to: hawa, reason: null }, CHIEF))
})
afterAll(() => end())

const moves = async (kind: 'handed_over' | 'handed_back'): Promise<number[]> =>
  Promise.all(
    cases.map(async (one) => (await entriesOf(here, one)).filter((entry) => entry.event.kind === kind).length),
  )

async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 50))
}

describe('a handover whose worker is killed', () => {
  it('goes on where it was: every case has moved exactly once', async () => {
    const portions = await portionsOf(here.db.sql, [hawa])
    expect(portions).toHaveLength(CASES)
    const today = new Date().toISOString().slice(0, 10)
    const id = 'handover-test'
    const given = portions.map(({ caseId, from }) => ({ caseId, from, to: mamadou }))
    const by = { user: mamadou, holds: CHIEF }
    const plan = { people: [hawa], successors: [mamadou], places: ['ml-bamako'], starts: today, until: today }
    await addHandover(here.db.sql, { id, digest: id, because: 'leave', ...plan, by, asked: new Date() }, given)
    const now = Date.now()
    const handle = await here.temporal.workflow.start('handoverWorkflow', {
      workflowId: id,
      taskQueue: TASK_QUEUE,
      args: [{ handover: id, begins: now, returns: now + 1, offsetMs: 0 }],
    })
    const leftOf = async () => (await countOf(here.db.sql, id)).planned
    await until(async () => (await leftOf()) < CASES)
    await worker.kill()
    const left = await leftOf()
    expect(left).toBeGreaterThan(0)
    await worker.start()
    await until(async () => (await countOf(here.db.sql, id)).returned > 0)
    await worker.kill()
    await worker.start()
    await handle.result()
    expect(await moves('handed_over')).toEqual(cases.map(() => 1))
    expect(await moves('handed_back')).toEqual(cases.map(() => 1))
    expect((await handoverById(here.db.sql, id))?.finished).not.toBeNull()
    expect(await here.db.sql`select distinct case_manager from cases`).toMatchObject([{ caseManager: hawa }])
    for (const one of cases) expect(await firstBrokenLink(here.db.sql, one.caseId)).toBeNull()
  })
})
