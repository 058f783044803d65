import type { Sql } from '../connect.ts'

/** Open cases whose recorded settings are older than this version. */
export async function casesBehind(sql: Sql, version: number, limit: number): Promise<string[]> {
  const rows =
    await sql`select case_id from cases where status = 'open' and settings_version < ${version} limit ${limit}`
  return rows.map((row) => row['case_id'])
}
export async function countBehind(sql: Sql, version: number): Promise<number> {
  const [row] =
    await sql`select count(*)::int as count from cases where status = 'open' and settings_version < ${version}`
  return Number(row?.['count'] ?? 0)
}
export async function countLeftOf(sql: Sql, caseIds: string[], version: number): Promise<number> {
  const [row] = await sql`select count(*)::int as count from cases
    where case_id = any(${caseIds}) and status = 'open' and settings_version < ${version}`
  return Number(row?.['count'] ?? 0)
}

export interface Broadcast {
  id: string
  kind: string
  settingsVersion: number
  total: number
  left: number
  finished: Date | null
}
export async function beginBroadcast(sql: Sql, id: string, kind: string, version: number): Promise<void> {
  await sql`insert into broadcasts (id, kind, settings_version, total)
    select ${id}, ${kind}, ${version}, count(*) from cases where status = 'open' and settings_version < ${version}
    on conflict do nothing`
}
export async function finishBroadcast(sql: Sql, id: string): Promise<void> {
  await sql`update broadcasts set finished = now() where id = ${id} and finished is null`
}
/** Begun and not yet at its end, oldest first. */
export async function unfinishedBroadcasts(sql: Sql): Promise<{ id: string; settingsVersion: number }[]> {
  const rows = await sql`select id, settings_version from broadcasts where finished is null order by created`
  return rows.map((row) => ({ id: row['id'], settingsVersion: row['settings_version'] }))
}
export async function broadcastById(sql: Sql, id: string): Promise<Broadcast | undefined> {
  const [row] = await sql`select id, kind, settings_version, total, finished from broadcasts where id = ${id}`
  if (!row) return undefined
  const left = await countBehind(sql, row['settings_version'])
  return {
    id: row['id'],
    kind: row['kind'],
    settingsVersion: row['settings_version'],
    total: row['total'],
    left,
    finished: row['finished'],
  }
}
