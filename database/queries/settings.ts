import type { Settings } from '../../procedures/language/settings.ts'
import { json, type Sql, type Transaction } from '../connect.ts'

export async function newestSettingsVersion(sql: Sql): Promise<number> {
  const [row] = await sql<[{ version: number }]>`select coalesce(max(version), 0) as version from settings`
  return row.version
}

/** null on an installation that nobody has set up. */
export async function newestSettings(sql: Sql | Transaction): Promise<Settings | null> {
  const [row] = await sql<{ content: Settings }[]>`select content from settings order by version desc limit 1`
  return row?.content ?? null
}

export async function settingsOfVersion(sql: Sql | Transaction, version: number): Promise<Settings | null> {
  const [row] = await sql<{ content: Settings }[]>`select content from settings where version = ${version}`
  return row?.content ?? null
}

/** Writes the next version, made from the newest; two declarations at once get one version each. */
export async function declareSettings(
  sql: Sql,
  change: (newest: Settings) => Settings,
  why: { user: string | null; reason: string },
): Promise<Settings> {
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('settings'))`
    const [{ content: newest }] = await tx<[{ content: Settings }]>`select content from settings
      order by version desc limit 1`
    const next: Settings = { ...change(newest), version: newest.version + 1 }
    await tx`insert into settings (version, content, declared, by_user, reason)
      values (${next.version}, ${json(tx, next)}, now(), ${why.user}, ${why.reason})`
    return next
  })
}

/** The very first settings of an installation. */
export const firstSettings = (sql: Sql, settings: Settings): Promise<void> => keepSettings(sql, settings, 'first')

/** A version that has its number; one that is there already stays. */
export async function keepSettings(sql: Sql, settings: Settings, reason: string): Promise<void> {
  await sql`insert into settings (version, content, declared, reason)
    values (${settings.version}, ${json(sql, settings)}, now(), ${reason}) on conflict do nothing`
}
