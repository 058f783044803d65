/** Settings of the installation: every change is a new version, none is ever altered. */

import type { Settings } from '../../procedures/language/settings.ts'
import type { Sql } from '../connect.ts'

export async function newestSettingsVersion(sql: Sql): Promise<number> {
  const [row] = await sql`select coalesce(max(version), 0)::int as version from settings`
  return Number(row?.['version'] ?? 0)
}

export async function newestSettings(sql: Sql): Promise<Settings | null> {
  const [row] = await sql`select content from settings order by version desc limit 1`
  return row ? (row['content'] as Settings) : null
}
