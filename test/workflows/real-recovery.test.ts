import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Action } from '../../cases/actions.ts'
import { fold } from '../../cases/evolve/index.ts'
import { firstBrokenLink } from '../../database/ledger.ts'
import { caseStateQuery, caseWorkflowId } from '../../workflows/messages.ts'
import type { TestInstallation } from '../installation.ts'
import type { TestPostgres } from '../postgres.ts'
import { entriesOf, note, type Opened, send, timesRecorded } from './acting.ts'
import { ownServers } from './own-servers.ts'
import type { WorkerProcess } from './worker-process.ts'

/** Servers of its own: this file stops and kills them. */
let server: TestPostgres
let here: TestInstallation
let worker: WorkerProcess
let cases: Opened[]
let end: () => Promise<void>

beforeAll(async () => {
  ;({ server, here, worker, cases, end } = await ownServers(3))
})
afterAll(() => end())

/** Sends until it is answered, with the same id, as a client does. */
async function insist(one: Opened, asked: Action): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    const answered = await send(here, one, { ...asked, notAfter: Date.now() + 60_000 }).then(
      () => true,
      () => false,
    )
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error('never answered')
}

async function whileActing(disturb: () => Promise<void>): Promise<void> {
  const asked = cases.flatMap((one) => Array.from({ length: 4 }, () => ({ one, asked: note() })))
  const all = Promise.all(asked.map((each) => insist(each.one, each.asked)))
  await disturb()
  await all
  for (const each of asked) expect(await timesRecorded(here, each.one, each.asked)).toBe(1)
  for (const one of cases) await agrees(one)
}

async function agrees(one: Opened): Promise<void> {
  expect(await firstBrokenLink(here.db.sql, one.caseId)).toBeNull()
  const live = await here.temporal.workflow.getHandle(caseWorkflowId(one.caseId)).query(caseStateQuery)
  expect(live.stopped).toBeNull()
  expect(fold(one.caseId, await entriesOf(here, one))).toEqual(live.state)
}

describe('nothing is lost and nothing is doubled', () => {
  it('when the worker is killed in the middle of updates', () =>
    whileActing(async () => {
      await worker.kill()
      await worker.start()
    }))

  it('when the engine is killed and comes back on its file', () =>
    whileActing(async () => {
      await here.engine.crash()
      await here.engine.restart()
    }))

  it('when the database is stopped and comes back: nobody is answered before their entry is kept', () =>
    whileActing(async () => {
      await server.stop()
      await new Promise((resolve) => setTimeout(resolve, 1_500))
      await server.start()
    }))
})
