/** How much one sign-in may ask, and how long an answer is waited for: never by address, and never in vain. */

import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createApi } from '../../api/app.ts'
import type { ApiApp } from '../../api/context/deps.ts'
import { RATES } from '../../api/middleware/limits.ts'
import { type Person, personOf, type RealApi, startRealApi } from './installed-api.ts'
import { itemOf, must, openCase } from './screens/clerk.ts'

let api: RealApi
let app: ApiApp
let now = Date.now()
beforeAll(async () => {
  api = await startRealApi(inject('postgres'))
  await api.here.work()
  app = createApi({
    sql: api.here.db.sql,
    ring: api.here.db.ring,
    temporal: api.here.temporal,
    installation: { kind: 'training', version: '0' },
    country: api.here.country,
    log: pino({ level: 'silent' }),
    realNow: () => now,
  })
})
afterAll(() => api.end())

const signedIn = async (login: string): Promise<Person & { token: string }> => {
  const secret = api.here.signIns.find((one) => one.login === login)?.secret ?? ''
  const answer = await personOf(app, login, null).ask('POST', '/api/v1/tokens', { body: { user: login, secret } })
  const token = String(answer.body['token'])
  return { ...personOf(app, login, token), token }
}

describe('a sign-in', () => {
  it('may ask hundreds of times at once, then is told how long to wait; its colleague’s is not concerned', async () => {
    now = Date.now()
    const [one, other] = [await signedIn('awa.keita'), await signedIn('boubacar.dembele')]
    for (let asked = 0; asked < RATES.token.burst; asked += 1) await one.get('/api/v1/roles')
    const refused = await one.get('/api/v1/roles')
    expect([refused.status, refused.body['code'], refused.at('/retry/same_key')]).toEqual([429, 'too_many', true])
    expect(Number(refused.headers.get('Retry-After'))).toBe(refused.at('/retry/after_seconds'))
    expect((await other.get('/api/v1/roles')).status).toBe(200)
    now += Number(refused.headers.get('Retry-After')) * 1000
    expect((await one.get('/api/v1/roles')).status).toBe(200)
  })
})

describe('an act', () => {
  it('is held against the clock from when it has arrived whole: minutes on the line cost nothing', async () => {
    const agent = await signedIn('boubacar.dembele')
    const number = await openCase(agent)
    const step = await itemOf(agent, number, 'triage')
    const body = JSON.stringify({
      step,
      outcome: 'ours',
      answers: { priority: 'none' },
      evidence: { triage_sheet: [{ paper: { kept_at: 'Classeur bleu' } }] },
    })
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server
    await once(server, 'listening')
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    const head = [
      `POST /api/v1/cases/${number}/actions/complete_step HTTP/1.1`,
      'Host: here',
      `Authorization: Bearer ${agent.token}`,
      `Idempotency-Key: ${randomUUID()}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ]
    now = Date.now() - 90_000
    const begun = once(server, 'request')
    socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, 20)}`)
    await begun
    // The rest of the body comes ninety seconds later, by the clock that the deadline is counted with.
    now += 90_000
    socket.write(body.slice(20))
    const answer: Buffer[] = []
    for await (const piece of socket as AsyncIterable<Buffer>) answer.push(piece)
    server.close()
    expect(Buffer.concat(answer).toString()).toMatch(/^HTTP\/1\.1 200 /)
  })

  it('that never arrived is not waited for: 404 at once, so the same key may be sent', async () => {
    const agent = await signedIn('boubacar.dembele')
    const number = await openCase(agent)
    const began = performance.now()
    const receipt = await agent.get(`/api/v1/cases/${number}/actions/${randomUUID()}`, { Prefer: 'wait=25' })
    expect([receipt.status, receipt.at('/retry/same_key')]).toEqual([404, true])
    expect(performance.now() - began).toBeLessThan(25_000)
  })

  it('that is recorded is told by its receipt as it was answered', async () => {
    const agent = await signedIn('boubacar.dembele')
    const number = await openCase(agent)
    const key = randomUUID()
    const path = `/api/v1/cases/${number}/actions`
    const done = await must(agent.post(`${path}/add_note`, { text: 'Appelée' }, { 'Idempotency-Key': key }))
    const receipt = await must(agent.get(`${path}/${key}`, { Prefer: 'wait=25' }))
    expect(receipt.body).toEqual(done.body)
  })
})
