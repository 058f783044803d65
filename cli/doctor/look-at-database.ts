/** Whether the database answers, is what this release needs, and is the one that the keys belong to. */

import { connect, type Sql } from '../../database/connect.ts'
import { migrationsBeside } from '../../database/migrate.ts'
import { opensCaseKeys } from '../../database/case-keys.ts'
import { canaryLives } from '../../database/queries/canary.ts'
import { type InstallationRow, readInstallation } from '../../database/queries/installation.ts'
import { newestSettings } from '../../database/queries/settings.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import type { Configuration } from '../configuration.ts'
import type { Finding } from './findings.ts'
import { lookAtCalendar } from './look-at-calendar.ts'
import { keysBesideData, type Rings } from './look-at-machine.ts'
import { whyAway } from './why-away.ts'

export interface Record {
  sql: Sql
  installation: InstallationRow
  settings: Settings
}
/** Seconds that two clocks may be apart before deadlines are judged wrongly enough to matter. */
const APART_SECONDS = 30

/** `record` is null when there is nothing to look at further. */
export async function lookAtDatabase(
  configuration: Configuration,
  rings: Rings,
): Promise<{ record: Record | null; findings: Finding[]; close: () => Promise<void> }> {
  const { hostname, port } = new URL(configuration.SEGIN_DATABASE_URL)
  const sql = connect(configuration.SEGIN_DATABASE_URL, { max: 2, name: 'doctor' })
  const close = (): Promise<void> => sql.end({ timeout: 2 })
  const nothing = (...findings: Finding[]) => ({ record: null, findings, close })
  const began = Date.now()
  let clock: Date
  try {
    const [row] = await sql<[{ clock: Date }]>`select clock_timestamp() as clock`
    clock = row.clock
  } catch (error) {
    return nothing({ code: 'database_away', at: `${hostname}:${port || '5432'}`, why: whyAway(error) })
  }
  const [schema] = await sql<[{ known: boolean }]>`select to_regclass('schema_migrations') is not null as known`
  if (!schema.known) return nothing({ code: 'database_empty' })
  const { pending, unknown } = await migrationsBeside(sql)
  if (pending.length > 0) return nothing({ code: 'schema_behind', missing: pending.length })
  const findings: Finding[] = []
  if (unknown.length > 0) findings.push({ code: 'schema_ahead', unknown })
  const seconds = Math.round(Math.abs(clock.getTime() - (began + Date.now()) / 2) / 1_000)
  if (seconds > APART_SECONDS) findings.push({ code: 'clock_apart', seconds })
  const installation = await readInstallation(sql)
  if (!installation) return nothing(...findings, { code: 'not_installed' })
  findings.push(...keysBesideData(installation.kind, configuration), ...(await foreignKeys(sql, rings)))
  const settings = await newestSettings(sql)
  if (!settings) return nothing(...findings, { code: 'no_settings' })
  findings.push(...lookAtCalendar(settings, clock.getTime()))
  return { record: { sql, installation, settings }, findings, close }
}

async function foreignKeys(sql: Sql, { codec, master }: Rings): Promise<Finding[]> {
  const findings: Finding[] = []
  if (codec && !(await canaryLives(sql, codec))) findings.push({ code: 'codec_foreign' })
  if (master && !(await opensCaseKeys(sql, master))) findings.push({ code: 'master_foreign' })
  return findings
}
