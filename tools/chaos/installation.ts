/** A whole training installation in its own processes, without anybody who starts again what dies. */

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from '@temporalio/client'
import type { Sql } from 'postgres'
import { readRing } from '../../cli/configuration.ts'
import { makeRing } from '../../cli/keys/make.ts'
import { RINGS } from '../../cli/keys/ring-file.ts'
import { DataFolder } from '../../local/data-folder.ts'
import { ownDatabase } from '../../cli/start/database.ts'
import { planEngine } from '../../local/engine.ts'
import { countryOf, type SignIn } from '../../cli/start/first-run.ts'
import { apiPlan, workerPlan } from '../../local/plans.ts'
import { planPostgres } from '../../local/postgres.ts'
import { databaseHome, postgresPrograms } from '../../local/postgres-programs.ts'
import { remember } from '../../local/remember.ts'
import { temporalClient } from '../../cli/temporal-client.ts'
import { connect } from '../../database/connect.ts'
import type { KeyRing } from '../../database/keys.ts'
import { PROCEDURES } from '../../test/mali.ts'
import { freePort } from '../../test/postgres.ts'
import { BINARIES } from '../../test/temporal.ts'
import { type MailSink, openMailSink } from './mail-sink.ts'
import { Processes } from './processes.ts'

export interface Installation {
  processes: Processes
  /** Where it keeps what it remembers: keys, ports, sign-ins. */
  folder: string
  base: string
  mail: MailSink
  signIns: SignIn[]
  ring: KeyRing
  /** As the database's owner; a connection that was cut opens again by itself. */
  owner: Sql
  /** A client of the engine, for looking at live states. */
  engine(): Promise<Client>
  end(): Promise<void>
}

export async function startInstallation(): Promise<Installation> {
  const folder = new DataFolder(await mkdtemp(join(tmpdir(), 'segin-chaos-')))
  await folder.make()
  const state = await remember(folder, null, await freePort())
  const quiet = (): void => {}
  const [engine, programs, country, password] = await Promise.all([
    planEngine(folder, state, BINARIES, quiet),
    postgresPrograms(quiet),
    countryOf(PROCEDURES),
    folder.secret('database-owner'),
    ...RINGS.map((name) => makeRing(folder.in('keys'), name)),
  ])
  const home = await databaseHome(folder.path, quiet)
  const postgres = await planPostgres(programs, join(home, 'data'), state.ports.postgres, password)
  const mail = await openMailSink(state.ports.smtp)
  if (!engine.child) throw new Error('the engine must be one of our own: unset TEMPORAL_ADDRESS')
  const [database, own] = [postgres.child, engine.child]
  let url = ''
  const around = () => ({ folder, state, databaseUrl: url, engine: engine.address })
  const plans = {
    database: () => database,
    engine: () => own,
    worker: () => workerPlan(around()),
    api: () => apiPlan(around()),
  }
  const processes = new Processes(plans, (name) => folder.in('log', `${name}.log`))
  await processes.start('database', 'engine')
  url = await ownDatabase(folder, postgres.ownerUrl, PROCEDURES, country, quiet)
  await processes.start('worker', 'api')
  const ownerUrl = new URL(postgres.ownerUrl)
  ownerUrl.pathname = new URL(url).pathname
  const owner = connect(ownerUrl.href, { as: 'owner', max: 4, name: 'chaos' })
  const codec = await readRing(folder.in('keys'), 'codec')
  return {
    processes,
    folder: folder.path,
    base: `http://127.0.0.1:${state.ports.api}`,
    mail,
    signIns: JSON.parse(await readFile(folder.in('sign-ins.json'), 'utf8')) as SignIn[],
    ring: await readRing(folder.in('keys'), 'master'),
    owner,
    engine: () => temporalClient(engine.address, 'default', codec),
    async end() {
      await owner.end({ timeout: 1 })
      await processes.kill('api', 'worker', 'engine', 'database')
      await mail.close()
      await rm(folder.path, { recursive: true, force: true })
      await rm(home, { recursive: true, force: true })
    },
  }
}
