/** Whoever stops a process in the middle of work waits twenty seconds at most, and nothing is lost or done twice. */

import { createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { connect } from '../../database/connect.ts'
import { startInstallation, type TestInstallation } from '../installation.ts'
import { freePort } from '../postgres.ts'
import { startMailServer } from '../worker/mail-server.ts'
import { itemOf, note, open, type Opened, send, timesRecorded } from '../workflows/acting.ts'
import { environmentOf } from '../workflows/worker-process.ts'
import { run, type Started, until } from './started.ts'

const MOST_MS = 20_000
let here: TestInstallation
let told: Awaited<ReturnType<typeof environmentOf>>
let mute: Server
const sockets: Socket[] = []
const started: Started[] = []
beforeAll(async () => {
  here = await startInstallation(inject('postgres'))
  told = await environmentOf(here)
  // A mail server that greets and then says nothing more.
  mute = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    socket.write('220 here\r\n')
  })
  await new Promise<void>((done) => mute.listen(0, '127.0.0.1', done))
})
afterAll(async () => {
  for (const one of started) one.child.kill('SIGKILL')
  for (const socket of sockets) socket.destroy()
  mute.close()
  await told.end()
  await here.end()
})

const process_ = (name: string, env: Record<string, string> = {}): Started => {
  const one = run([name], { ...told.env, ...env })
  started.push(one)
  return one
}
async function stopped(one: Started): Promise<number> {
  const began = Date.now()
  one.child.kill('SIGTERM')
  await one.ended()
  return Date.now() - began
}

describe('a worker that is stopped', () => {
  it('while the ledger is locked and the mail server is silent, is gone in time; the next one does it all, once', async () => {
    const mutePort = (mute.address() as AddressInfo).port
    const worker = process_('worker', { SEGIN_SMTP_URL: `smtp://127.0.0.1:${mutePort}` })
    await worker.says('"working"')
    const one: Opened = await open(here)
    await here.db.sql`insert into outbox (key, case_id, item, notice, role, place, due, restricted)
      values ('due', ${one.caseId}, ${await itemOf(here, one, 'triage')}, 'due', 'centre_head', 'senou', now(), false)`
    await until(async () => sockets.length > 0)
    const owner = connect(here.db.url, { as: 'owner', max: 1 })
    const held = await owner.reserve()
    await held`begin`
    await held`select 1 from cases where case_id = ${one.caseId} for update`
    const asked = note()
    const answered = send(here, one, asked)
    const waits = () => here.db.sql`select 1 from pg_locks where not granted`
    await until(async () => (await waits()).length > 0)

    expect(await stopped(worker)).toBeLessThan(MOST_MS)

    expect(await timesRecorded(here, one, asked)).toBe(0)
    await held`rollback`
    held.release()
    await owner.end()
    const post = await startMailServer()
    await here.db.sql`update outbox set next_try = now(), lease_until = null where key = 'due'`
    const next = process_('worker', { SEGIN_SMTP_URL: post.url })
    await answered
    expect(await timesRecorded(here, one, asked)).toBe(1)
    await until(async () => {
      const [row] = await here.db.sql`select state from outbox where key = 'due'`
      return row?.['state'] === 'sent'
    })
    expect(post.mails).toHaveLength(1)
    expect(await stopped(next)).toBeLessThan(MOST_MS)
    expect(next.child.exitCode).toBe(0)
    await post.stop()
  })
})

describe('an API that is stopped', () => {
  it('answers what was asked before it ends, and the same key gets the same answer from the next one', async () => {
    const port = await freePort()
    const url = `http://127.0.0.1:${port}/api/v1`
    const api = process_('api', { SEGIN_PORT: String(port) })
    await api.says('listening')
    const { login, secret } = here.signIns.find((one) => one.login === 'boubacar.dembele') ?? { login: '', secret: '' }
    const json = { 'content-type': 'application/json' }
    const token = await fetch(`${url}/tokens`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ user: login, secret }),
    }).then(async (answer) => ((await answer.json()) as { token: string }).token)
    const opens = (): Promise<Response> =>
      fetch(`${url}/cases`, {
        method: 'POST',
        headers: {
          ...json,
          authorization: `Bearer ${token}`,
          'idempotency-key': '0a8f7e5c-6a0b-4b7e-9d1e-1f2a3b4c5d6e',
        },
        body: JSON.stringify({
          opening: 'ml-reception',
          place: 'senou',
          answers: {
            name: 'Awa Diarra',
            birth: '1994',
            arrived_on: new Date().toISOString().slice(0, 10),
            centre: 'senou',
          },
        }),
      })
    // No worker runs, so nobody decides while the API waits.
    const answer = opens()
    await until(async () => {
      const [row] = await here.db.sql`select count(*)::int as cases from cases where status = 'new'`
      return row?.['cases'] === 1
    })

    expect(await stopped(api)).toBeLessThan(MOST_MS)
    expect(api.child.exitCode).toBe(0)
    expect([202, 503]).toContain((await answer).status)

    const worker = process_('worker')
    await worker.says('"working"')
    const next = process_('api', { SEGIN_PORT: String(port) })
    await next.says('listening')
    await until(async () => [200, 201].includes((await opens()).status))
    const [row] = await here.db
      .sql`select count(*)::int as cases from cases where number like '__-____-___' and status = 'open'`
    expect(row?.['cases']).toBe(1)
  })
})
