import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { serve } from '@hono/node-server'
import { createApi } from '../../api/app.ts'
import { countryOf, publish } from '../../cli/start/first-run.ts'
import { pino } from 'pino'
import { addToken } from '../../database/queries/staff.ts'
import { freePort } from '../postgres.ts'
import type { TestInstallation } from '../installation.ts'

export interface Ours {
  /** A case whose one step can be done for ever, over HTTP with a keep-alive connection. */
  open(): Promise<{ number: string; step(): Promise<void>; screen(): Promise<void> }>
  /** A case of the day whose one deadline is at four in the afternoon. */
  waits(day: string): Promise<void>
  end(): Promise<void>
}

export async function startOurs(here: TestInstallation): Promise<Ours> {
  const folder = await mkdtemp(join(tmpdir(), 'segin-bench-'))
  await cp(resolve(import.meta.dirname, '../../procedures/ml'), folder, { recursive: true })
  for (const file of ['bench.yaml', 'rung.yaml'])
    await cp(resolve(import.meta.dirname, file), join(folder, 'sops', file))
  const country = await countryOf(folder)
  await publish(here.db.sql, country)
  const port = await freePort()
  const app = createApi({
    sql: here.db.sql,
    ring: here.db.ring,
    temporal: here.temporal,
    installation: { kind: 'training', version: 'bench' },
    country,
    log: pino({ level: 'silent' }),
    realNow: () => Date.now(),
  })
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }) as Server
  const base = `http://127.0.0.1:${port}/api/v1`
  const who = here.signIns.find((one) => one.roles.some(({ role }) => role === 'registration_agent'))
  const [user] = await here.db.sql`select id from users where login = ${who?.login ?? ''}`
  /** Each client has a token of its own: rates are limited by token. */
  const signIn = async (): Promise<string> => {
    const token = `sgt_${randomUUID()}`
    const expires = new Date(Date.now() + 3_600_000)
    await addToken(here.db.sql, {
      id: `tok-${token.slice(4, 12)}`,
      user: String(user?.['id']),
      token,
      device: null,
      expires,
    })
    return token
  }
  const ask = async (token: string, method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return JSON.parse(text) as Record<string, unknown>
  }
  return {
    async open() {
      const answers = { arrived_on: new Date().toISOString().slice(0, 10), centre: 'senou' }
      const token = await signIn()
      const opened = await ask(token, 'POST', '/cases', { opening: 'ml-bench', place: 'senou', answers })
      const number = String(opened['number'])
      let [{ id }] = opened['opened'] as [{ id: string }]
      return {
        number,
        async step() {
          const done = await ask(token, 'POST', `/cases/${number}/actions/complete_step`, {
            step: id,
            outcome: 'again',
            answers: { count: 1 },
          })
          ;[{ id }] = done['opened'] as [{ id: string }]
        },
        async screen() {
          await ask(token, 'GET', `/work/${id}`)
        },
      }
    },
    async waits(day) {
      const token = await signIn()
      const answers = { arrived_on: day, centre: 'senou' }
      await ask(token, 'POST', '/cases', { opening: 'ml-rung', place: 'senou', answers })
    },
    async end() {
      server.closeAllConnections()
      server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
