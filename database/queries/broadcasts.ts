import type { Sql } from '../connect.ts'

/** Open cases whose recorded settings are older than this version. */
export async function casesBehind(sql: Sql, version: number, limit: number): Promise<string[]> {
  const rows = await sql<{ caseId: string }[]>`select case_id from cases
    where status = 'open' and settings_version < ${version} limit ${limit}`
  return rows.map(({ caseId }) => caseId)
}
export async function countBehind(sql: Sql, version: number): Promise<number> {
  const [row] = await sql<[{ count: number }]>`select count(*)::int as count from cases
    where status = 'open' and settings_version < ${version}`
  return row.count
}
export async function countLeftOf(sql: Sql, caseIds: string[], version: number): Promise<number> {
  const [row] = await sql<[{ count: number }]>`select count(*)::int as count from cases
    where case_id = any(${caseIds}) and status = 'open' and settings_version < ${version}`
  return row.count
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
  return sql<{ id: string; settingsVersion: number }[]>`select id, settings_version from broadcasts
    where finished is null order by created`
}
export async function broadcastById(sql: Sql, id: string): Promise<Broadcast | undefined> {
  const [row] = await sql<Omit<Broadcast, 'left'>[]>`select id, kind, settings_version, total, finished
    from broadcasts where id = ${id}`
  return row && { ...row, left: await countBehind(sql, row.settingsVersion) }
}
