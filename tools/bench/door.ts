/** The API behind a port of its own, with the procedures of the bench beside those of Mali, and those who knock. */

import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { pino } from 'pino'
import { createApi } from '../../api/app.ts'
import { countryOf, publish } from '../../cli/start/first-run.ts'
import { addToken } from '../../database/queries/staff.ts'
import type { TestInstallation } from '../../test/installation.ts'
import { freePort } from '../../test/postgres.ts'

/** Accepted and not recorded, or not accepted in time: whoever waits sends the same again, with the same key. */
const NOT_YET = new Set([202, 429, 503])

export interface Door {
  /** Rates are limited by token: each client has one of its own. */
  client(user: string): Promise<BenchClient>
  /** How often a client was told to send the same again. */
  again(): number
  end(): Promise<void>
}
/** Asks over HTTP with a connection that is kept, until it has an answer; throws what is neither. */
export type BenchClient = (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>

export async function openDoor(here: TestInstallation, kind: 'training' | 'service' = 'training'): Promise<Door> {
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
    installation: { kind, version: 'bench' },
    country,
    log: pino({ level: 'silent' }),
    realNow: () => Date.now(),
  })
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }) as Server
  let again = 0
  return {
    async client(user) {
      const token = `${kind === 'training' ? 'sgt' : 'sgs'}_${randomUUID()}`
      const expires = new Date(Date.now() + 3_600_000)
      await addToken(here.db.sql, { id: `tok-${token.slice(4, 12)}`, user, token, device: null, expires })
      return async (method, path, body) => {
        const headers = {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        }
        for (;;) {
          const sent = body === undefined ? {} : { body: JSON.stringify(body) }
          const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, { method, headers, ...sent })
          const text = await response.text()
          if (!NOT_YET.has(response.status)) {
            if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
            return JSON.parse(text) as Record<string, unknown>
          }
          again += 1
          await pause(250)
        }
      }
    },
    again: () => again,
    async end() {
      server.closeAllConnections()
      server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
