/** What the processes of an installation share: connections, keys and a way to end. */

import type { Client } from '@temporalio/client'
import { type Logger, pino } from 'pino'
import { connect, type Sql } from '../database/connect.ts'
import type { KeyRing } from '../database/keys.ts'
import { canaryLives } from '../database/queries/canary.ts'
import { type InstallationRow, readInstallation } from '../database/queries/installation.ts'
import {
  type Configuration,
  ConfigurationWrong,
  configuration,
  readRing,
  refuseKeysBesideData,
} from './configuration.ts'
import { temporalClient } from './temporal-client.ts'

export interface Standing {
  settings: Configuration
  installation: InstallationRow
  sql: Sql
  ring: KeyRing
  codecRing: KeyRing
  temporal: Client
  log: Logger
  close(): Promise<void>
}

/** Connects everything, or says what is missing. */
export async function stand(name: string, env: NodeJS.ProcessEnv = process.env): Promise<Standing> {
  const settings = configuration(env)
  const log: Logger = pino({ level: settings.SEGIN_LOG, name })
  const [ring, codecRing] = await Promise.all([
    readRing(settings.SEGIN_KEYS, 'master'),
    readRing(settings.SEGIN_KEYS, 'codec'),
  ])
  const sql = connect(settings.SEGIN_DATABASE_URL, { name })
  const installation = await readInstallation(sql)
  if (!installation)
    throw new ConfigurationWrong('The database has no installation yet: run `segin start` or `segin install`')
  refuseKeysBesideData(installation.kind, settings)
  if (!(await canaryLives(sql, codecRing))) {
    throw new ConfigurationWrong('The codec keys in SEGIN_KEYS do not open what this installation has sealed')
  }
  const temporal = await temporalClient(settings.TEMPORAL_ADDRESS, settings.TEMPORAL_NAMESPACE, codecRing)
  const close = async (): Promise<void> => {
    await temporal.connection.close()
    await sql.end({ timeout: 5 })
  }
  return { settings, installation, sql, ring, codecRing, temporal, log, close }
}

/** The record and the keys that open it, for commands that need no engine. */
export interface Records {
  sql: Sql
  ring: KeyRing
  close(): Promise<void>
}
export async function openRecords(name: string, env: NodeJS.ProcessEnv): Promise<Records> {
  const settings = configuration(env)
  const ring = await readRing(settings.SEGIN_KEYS, 'master')
  const sql = connect(settings.SEGIN_DATABASE_URL, { name })
  return { sql, ring, close: () => sql.end({ timeout: 5 }) }
}

/** Longer than anything that stops takes; what is cut off is done by whoever comes next. */
const LAST_MOMENT_MS = 19_000

/** A process that was asked to stop is gone within twenty seconds, whatever still hangs. */
export function endInTime(log: Logger): void {
  setTimeout(() => {
    log.warn('stopped in the middle: something did not end in time')
    process.exit(1)
  }, LAST_MOMENT_MS).unref()
}
