/** Whoever watches: alive, ready or degraded; the figures that matter, on a door of their own and without any person. */

import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { connect } from '../../database/connect.ts'
import { startInstallation, type TestInstallation } from '../installation.ts'
import { freePort } from '../postgres.ts'
import { personOf } from '../api/installed-api.ts'
import { environmentOf } from '../workflows/worker-process.ts'
import { run, type Started, until } from './started.ts'

let here: TestInstallation
let told: Awaited<ReturnType<typeof environmentOf>>
let api: Started
let port: number
let metrics: number
beforeAll(async () => {
  here = await startInstallation(inject('postgres'))
  told = await environmentOf(here)
  ;[port, metrics] = [await freePort(), await freePort()]
  api = run(['api'], { ...told.env, SEGIN_PORT: String(port), SEGIN_METRICS_PORT: String(metrics) })
  await api.says('listening')
})
afterAll(async () => {
  api.child.kill('SIGKILL')
  await told.end()
  await here.end()
})

const ask = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init)
const health = async (): Promise<Record<string, unknown>> => {
  const answer = await ask('/api/v1/health')
  return { code: answer.status, ...((await answer.json()) as Record<string, unknown>) }
}
const page = async (): Promise<string> => (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text()
const figure = async (name: string): Promise<number | null> => {
  const line = (await page()).split('\n').find((one) => one.startsWith(`${name} `))
  return line === undefined ? null : Number(line.slice(name.length + 1))
}

describe('health', () => {
  it('is degraded while no worker works, and well as soon as one does', async () => {
    expect(await health()).toMatchObject({ code: 200, status: 'degraded', database: 'ok', engine: 'ok', workers: 0 })
    expect(await figure('segin_workers')).toBe(0)
    await here.work()
    await until(async () => (await health())['status'] === 'ok')
    expect(await figure('segin_workers')).toBe(1)
  })

  it('is alive and not ready while the database lacks what this release needs', async () => {
    const owner = connect(here.db.url, { as: 'owner', max: 1 })
    const [last] =
      await owner`delete from schema_migrations where name = (select max(name) from schema_migrations) returning *`
    await until(async () => (await health())['schema'] === 'behind')
    expect(await health()).toMatchObject({ code: 503, status: 'not_ready' })
    await owner`insert into schema_migrations ${owner(last!)}`
    await owner.end()
    await until(async () => (await health())['status'] === 'ok')
  })
})

describe('metrics', () => {
  it('are on their own door only', async () => {
    expect((await ask('/metrics')).status).toBe(404)
    expect((await fetch(`http://127.0.0.1:${metrics}/api/v1/health`)).status).toBe(404)
  })

  it('count answers by pattern, method and status, and never say who or which', async () => {
    await ask('/api/v1/cases/26-3416-724', { headers: { authorization: 'Bearer wrong' } })
    await ask('/api/v1/cases/26-3416-724?q=Awa%20Diarra')
    const text = await page()
    expect(text).toMatch(/segin_http_answers\{method="GET",route="\/api\/v1\/cases\/:case",status="401"\} 2/)
    expect(text).toMatch(/segin_http_seconds_bucket\{le="\+Inf"\} \d+/)
    expect(text).not.toMatch(/26-3416-724|Awa|trafficking|complaint/)
  })

  it('tell of troubles, and of nothing that restricted runs hold', async () => {
    const { sql } = here.db
    const before = await page()
    for (const name of ['segin_cases_stopped', 'segin_mail_parked', 'segin_steps_late'])
      expect(before).toContain(`\n${name} 0\n`)
    const caseId = '00000000-0000-4000-8000-000000000001'
    await sql`insert into cases (case_id, number, subject, status, stopped) values (${caseId}, '26-0000-001', 'case', 'open', 'gap')`
    const mail = (key: string, restricted: boolean) =>
      sql`insert into outbox (key, case_id, item, notice, role, due, restricted, state)
        values (${key}, ${caseId}, 'r.s.1', 'due', 'supervisor', now(), ${restricted}, 'parked')`
    const step = (item: string, hidden: string[] | null) =>
      sql`insert into open_steps (case_id, item, run, procedure, version, step, round, kind, stage, state, roles, users, told,
          visible_to, opened, due, breached, fired)
        values (${caseId}, ${item}, 'r', 'p', 1, 's', 1, 'task', 'referral', 'open', '{}', '{}', '{}', ${hidden}, now(),
          now() - interval '1 day', true, 0)`
    await mail('hidden', true)
    await step('hidden.s.1', ['trafficking_focal'])
    expect(await figure('segin_mail_parked')).toBe(0)
    expect(await figure('segin_steps_late')).toBe(0)
    await mail('plain', false)
    await step('plain.s.1', null)
    expect(await figure('segin_cases_stopped')).toBe(1)
    expect(await figure('segin_mail_parked')).toBe(1)
    expect(await figure('segin_steps_late')).toBe(1)
  })

  it('say what is away instead of failing', async () => {
    await here.engine.crash()
    const text = await page()
    expect(text).toContain('segin_up{part="engine"} 0')
    expect(text).toContain('segin_up{part="database"} 1')
    expect(text).not.toContain('segin_workers')
    await until(async () => (await health())['engine'] === 'away')
    expect(await health()).toMatchObject({ code: 200, status: 'degraded' })
    await here.engine.restart()
    await until(async () => (await health())['status'] === 'ok')
  })

  it('refuse a door that is taken, and say which', async () => {
    const taken = createServer()
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done))
    const address = taken.address()
    const busy = typeof address === 'object' && address ? address.port : 0
    const second = run(['api'], { ...told.env, SEGIN_PORT: String(await freePort()), SEGIN_METRICS_PORT: String(busy) })
    expect(await second.ended()).toBe(1)
    expect(second.said()).toContain('SEGIN_METRICS_PORT')
    taken.close()
  })
})

it('writes one JSON object a line, with no path, person or token in it', async () => {
  const desk = personOf({ request: (path: string, init: RequestInit) => ask(path, init) } as never, '', null)
  await desk.ask('POST', '/api/v1/tokens', { body: { user: 'boubacar.dembele', secret: 'not-it' } })
  await api.says('"route":"/api/v1/tokens"')
  const lines = api.said().trim().split('\n')
  expect(lines.length).toBeGreaterThan(5)
  for (const line of lines)
    expect(Object.keys(JSON.parse(line) as object)).toEqual(expect.arrayContaining(['level', 'time', 'msg']))
  expect(api.said()).not.toMatch(/boubacar|not-it|26-3416-724|Bearer/)
})
