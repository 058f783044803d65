/** A whole installation for one test file: database, engine, procedures of Mali, example staff, a worker. */

import { randomBytes } from 'node:crypto'
import type { Client } from '@temporalio/client'
import { DefaultLogger, NativeConnection, Runtime, type Worker } from '@temporalio/worker'
import type { SignIn } from '../cli/staff-file.ts'
import type { KeyRing } from '../database/keys.ts'
import type { Country } from '../procedures/language/index.ts'
import { temporalClient } from '../cli/temporal-client.ts'
import { createWorker } from '../worker/host.ts'
import { runUntilStopped } from '../worker/run.ts'
import type { TestDatabase } from './postgres.ts'
import { staffedDatabase } from './templates.ts'
import { workflowBundle } from './workflow-bundle.ts'
import { type DevServer, startDevServer } from './temporal.ts'

export interface TestInstallation {
  db: TestDatabase
  engine: DevServer
  temporal: Client
  codecRing: KeyRing
  country: Country
  signIns: SignIn[]
  /** Starts a worker in this process, on another engine or database where one is given; the answer stops it. */
  work(on?: Partial<Pick<TestInstallation, 'engine' | 'temporal' | 'db'>>): Promise<() => Promise<void>>
  end(): Promise<void>
}

let quiet = false
export function quieten(): void {
  if (quiet) return
  quiet = true
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'ERROR', console: {} } },
  })
}

/** `server`: the url that the global setup provides; `dynamic`: settings of the engine. */
export async function startInstallation(server: string, dynamic: string[] = []): Promise<TestInstallation> {
  quieten()
  const [{ db, country, signIns }, engine] = await Promise.all([staffedDatabase(server), startDevServer(dynamic)])
  const codecRing: KeyRing = { current: 'c1', keys: { c1: randomBytes(32) } }
  const temporal = await temporalClient(engine.address, 'default', codecRing)
  const stops: (() => Promise<void>)[] = []
  const work: TestInstallation['work'] = async (given = {}) => {
    const on = { engine, temporal, db, ...given }
    const connection = await NativeConnection.connect({ address: on.engine.address })
    const tools = { sql: on.db.sql, ring: on.db.ring, temporal: on.temporal }
    const worker = await createWorker({
      connection,
      namespace: 'default',
      workflowBundle: await workflowBundle(),
      tools,
      codecRing,
      identity: 'test',
    })
    return running(worker, connection)
  }
  const running = (worker: Worker, connection: NativeConnection): (() => Promise<void>) => {
    const done = runUntilStopped(worker)
    let stopped = false
    const stop = async (): Promise<void> => {
      if (stopped) return
      stopped = true
      worker.shutdown()
      await done
      await connection.close()
    }
    stops.push(stop)
    return stop
  }
  return {
    db,
    engine,
    temporal,
    codecRing,
    country,
    signIns,
    work,
    async end() {
      for (const stop of stops) await stop()
      await temporal.connection.close()
      await engine.end()
      await db.drop()
    },
  }
}
