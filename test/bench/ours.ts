import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { serve } from '@hono/node-server'
import { createApi } from '../../api/app.ts'
import { countryOf, publish } from '../../cli/start/first-run.ts'
import { pino } from 'pino'
import { freePort } from '../postgres.ts'
import type { TestInstallation } from '../installation.ts'

export interface Ours {
  /** A case whose one step can be done for ever, over HTTP with a keep-alive connection. */
  open(): Promise<{ number: string; step(): Promise<void>; screen(): Promise<void> }>
  end(): Promise<void>
}

export async function startOurs(here: TestInstallation): Promise<Ours> {
  const folder = await mkdtemp(join(tmpdir(), 'segin-bench-'))
  await cp(resolve(import.meta.dirname, '../../procedures/ml'), folder, { recursive: true })
  await cp(resolve(import.meta.dirname, 'bench.yaml'), join(folder, 'sops', 'bench.yaml'))
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
  const signedIn = await fetch(`${base}/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: who?.login, secret: who?.secret }),
  })
  const { token } = (await signedIn.json()) as { token: string }
  const ask = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
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
      const opened = await ask('POST', '/cases', { opening: 'ml-bench', place: 'senou', answers })
      const number = String(opened['number'])
      let [{ id }] = opened['opened'] as [{ id: string }]
      return {
        number,
        async step() {
          const done = await ask('POST', `/cases/${number}/actions/complete_step`, {
            step: id,
            outcome: 'again',
            answers: { count: 1 },
          })
          ;[{ id }] = done['opened'] as [{ id: string }]
        },
        async screen() {
          await ask('GET', `/work/${id}`)
        },
      }
    },
    async end() {
      server.closeAllConnections()
      server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
