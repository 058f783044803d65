/** The engine is lost under a running API: closed cases, arrivals in the middle, and the API's own memory. */

import type { Client } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { temporalClient } from '../../cli/temporal-client.ts'
import { connect, type Sql } from '../../database/connect.ts'
import { kindsOf, reviveOn } from '../cli/revive/reviving.ts'
import { until } from '../cli/started.ts'
import { type DevServer, startDevServer } from '../temporal.ts'
import { type RealApi, type Person, startRealApi } from './installed-api.ts'

let api: RealApi
let agent: Person
let desk: Person
let other: DevServer
let temporal: Client
let owner: Sql
beforeAll(async () => {
  ;[api, other] = await Promise.all([startRealApi(inject('postgres')), startDevServer()])
  temporal = await temporalClient(other.address, 'default', api.here.codecRing)
  owner = connect(api.here.db.url, { as: 'owner', max: 1 })
  agent = await api.person('boubacar.dembele')
  desk = await api.person('awa.keita')
})
afterAll(async () => {
  await owner.end()
  await api.end()
  await temporal.connection.close()
  await other.end()
})
const today = () => new Date().toISOString().slice(0, 10)

describe('an arrival whose rows were wanted when the engine was lost', () => {
  it('opens them in the new engine, each once', async () => {
    const stop = await api.here.work()
    const announced = await desk.post('/api/v1/arrivals', {
      place: 'senou',
      channel: 'air',
      expected: `${today()}T19:30:00Z`,
      carrier: 'charter',
      headcount: 3,
    })
    const id = String(announced.body['id'])
    const people = ['1', '2', '3'].map((row) => ({ row, name: `Personne ${row}`, birth: '1994', sex: 'f' }))
    const added = await agent.post(`/api/v1/arrivals/${id}/actions/add_people`, { people })
    expect(added.status, added.text).toBe(200)
    // As if the engine had been lost between the arrival's entry and the opening of its second row.
    const [lost] = await owner<{ caseId: string }[]>`
      select case_id from cases where arrival = ${id} order by number limit 1`
    const caseId = String(lost?.caseId)
    for (const table of ['open_steps', 'runs', 'outbox', 'case_actions', 'case_events'])
      await owner.unsafe(`delete from ${table} where case_id = '${caseId}'`)
    await owner`update cases set status = 'new', head_seq = 0, head_hash = repeat('0', 64), incarnation = 1
      where case_id = ${caseId}`
    await stop()
    await api.here.engine.crash()
    await api.here.work({ engine: other, temporal })
    const { code, said } = await reviveOn(api.here, temporal)
    expect(code, said).toBe(0)
    expect(said).toContain('3  open in the record')
    await until(async () => (await kindsOf(api.here, caseId)).includes('case_opened'))
    const opened = await owner<{ count: number }[]>`
      select count(*)::int as count from cases where arrival = ${id} and status = 'open'`
    expect(opened[0]?.count).toBe(3)
    expect((await kindsOf(api.here, caseId)).filter((kind) => kind === 'case_opened')).toHaveLength(1)
  })
})
