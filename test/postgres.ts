/** A real Postgres for the run of the tests, and a fresh copy of a migrated template for each file that asks. */

import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { answers } from '../local/postgres.ts'
import { makeCluster, postgresPrograms } from '../local/postgres-programs.ts'
import { connect } from '../database/connect.ts'
import type { KeyRing } from '../database/keys.ts'
import { migrate } from '../database/migrate.ts'

const PASSWORD = 'test'
/** The template that every server has. */
export const MIGRATED = 'segin_template'

export interface TestPostgres {
  /** Of the server's own database, as its owner. */
  url: string
  start(): Promise<void>
  stop(): Promise<void>
  /** Keeps all its files as they are now; the answer puts them back. Stops and starts it each time. */
  keep(): Promise<() => Promise<void>>
  /** Stops it and removes its data. */
  end(): Promise<void>
}

/** Below those that the system lends to connections: one of them may be lent while its server is down for a moment. */
const PORTS = { from: 12_000, to: 32_000 }

export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.from, PORTS.to)
    if (await isFree(port)) return port
  }
}
const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

export async function startPostgres(): Promise<TestPostgres> {
  const home = await mkdtemp(join(tmpdir(), 'segin-postgres-'))
  // The server refuses to run as root and runs as its own user, who must reach its folder.
  await chmod(home, 0o755)
  const dataDir = join(home, 'postgres', 'data')
  const [port, programs] = await Promise.all([freePort(), postgresPrograms(() => {})])
  await makeCluster(programs, dataDir, 'postgres', PASSWORD)
  const url = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}`
  const flags = ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'unix_socket_directories=']
  let server: ChildProcess
  const start = async (): Promise<void> => {
    const options = { stdio: 'ignore', cwd: '/', ...programs.as } as const
    server = spawn(programs.postgres, ['-D', dataDir, '-p', String(port), ...flags], options)
    while (!(await answers(`${url}/postgres`).catch(() => false))) {
      if (server.exitCode !== null) throw new Error('Postgres ended before it answered')
      await pause(20)
    }
  }
  const stop = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return
    const gone = once(server, 'exit')
    server.kill('SIGINT')
    await gone
  }
  await start()
  const admin = postgres(`${url}/postgres`, { max: 1, onnotice: () => {} })
  await admin.unsafe(`create database ${MIGRATED}`)
  const owner = connect(`${url}/${MIGRATED}`, { max: 1, as: 'owner' })
  await migrate(owner)
  await owner.end()
  await admin.end()
  return {
    url,
    start,
    stop,
    async keep() {
      const kept = join(home, 'postgres', 'kept')
      await stop()
      await asTheyAre(dataDir, kept)
      await start()
      return async () => {
        await stop()
        await rm(dataDir, { recursive: true })
        await asTheyAre(kept, dataDir)
        await start()
      }
    },
    async end() {
      await stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** Owners too: the server is another user. */
const asTheyAre = (from: string, to: string) => promisify(execFile)('cp', ['-a', from, to])

const freshRing = (): KeyRing => ({ current: 'k1', keys: { k1: randomBytes(32) } })

export interface TestDatabase {
  url: string
  /** As the application; a test reads rows without naming them. */
  sql: postgres.Sql
  ring: KeyRing
  drop(): Promise<void>
}

/** `server` is the url that the global setup provides; the copy of another test database also takes its keys. */
export async function freshDatabase(server: string, from: string | TestDatabase = MIGRATED): Promise<TestDatabase> {
  const [template, ring] = typeof from === 'string' ? [from, freshRing()] : [from.url.split('/').at(-1), from.ring]
  const name = `segin_${randomBytes(5).toString('hex')}`
  const admin = postgres(`${server}/postgres`, { max: 1, onnotice: () => {} })
  await admin`select pg_advisory_lock(7)`
  await admin.unsafe(`create database ${name} template ${template}`)
  await admin`select pg_advisory_unlock(7)`
  const url = `${server}/${name}`
  const sql = connect(url, { max: 8 })
  return {
    url,
    sql,
    ring,
    async drop() {
      await sql.end({ timeout: 2 })
      await admin.unsafe(`drop database if exists ${name} with (force)`)
      await admin.end()
    },
  }
}
