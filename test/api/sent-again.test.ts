/** An act that is sent again is the same to the letter: the engine may give the worker one copy and keep the other. */

import { randomUUID } from 'node:crypto'
import { type Client, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest'
import type { Action } from '../../cases/actions.ts'
import { createApi } from '../../api/app.ts'
import { type RealApi, type Person, signedIn, startRealApi } from './installed-api.ts'
import { openCase } from './screens/clerk.ts'

let api: RealApi
let number: string
let person: Person
let now = Date.now()
const sent: Action[] = []
beforeAll(async () => {
  api = await startRealApi(inject('postgres'))
  await api.here.work()
  number = await openCase(await api.person('boubacar.dembele'))
  const app = createApi({
    sql: api.here.db.sql,
    ring: api.here.db.ring,
    temporal: deaf(api.here.temporal),
    installation: { kind: 'training', version: '0.1.0' },
    country: api.here.country,
    log: pino({ level: 'silent' }),
    realNow: () => now,
  })
  person = await signedIn(app, api.here, 'boubacar.dembele')
})
afterAll(() => api.end())
beforeEach(() => void sent.splice(0))

/** An engine that takes note of what it is sent, and does not answer. */
function deaf(temporal: Client): Client {
  const getHandle = () => ({
    executeUpdate: (_update: unknown, { args: [action] }: { args: [Action] }) => {
      sent.push(action)
      return Promise.reject(new WorkflowUpdateRPCTimeoutOrCancelledError('lost'))
    },
  })
  const workflow = new Proxy(temporal.workflow, {
    get: (own, member) => (member === 'getHandle' ? getHandle : Reflect.get(own, member)),
  })
  return new Proxy(temporal, { get: (own, member) => (member === 'workflow' ? workflow : Reflect.get(own, member)) })
}
const note = (key: string, happened = new Date(now - 60_000)) => {
  const body = { text: 'Attend', happened: happened.toISOString(), sent_at: new Date(now).toISOString() }
  return person.post(`/api/v1/cases/${number}/actions/add_note`, body, { 'Idempotency-Key': key })
}
const told = () => sent.map(({ notAfter: _until, ...action }) => action)

it('within two minutes, whatever the clocks say then', async () => {
  const key = randomUUID()
  const happened = new Date(now - 60_000)
  expect((await note(key, happened)).status).toBe(503)
  now += 5_000
  expect((await note(key, happened)).status).toBe(503)
  expect(sent).toHaveLength(2)
  expect(told()[1]).toEqual(told()[0])
})

it('and is received anew once no copy of it can be on its way', async () => {
  const key = randomUUID()
  await note(key)
  await api.here.db.sql`update acts_received set at = at - interval '3 minutes'`
  now += 180_000
  await note(key)
  expect(sent.map(({ received }) => received)).toEqual([now - 180_000, now])
})

it('while another act says what is true of itself', async () => {
  await note(randomUUID())
  now += 5_000
  await note(randomUUID())
  expect(sent[1]?.received).toBe(now)
})
