/** Users and partners that requests name by id. */

import type { Sql } from '../connect.ts'

/** Names of all users, also of those who left: the ledger goes on naming them. */
export async function userNames(sql: Sql): Promise<Map<string, string>> {
  const rows = await sql<{ id: string; name: string }[]>`select id, name from users`
  return new Map(rows.map(({ id, name }) => [id, name]))
}
export async function activeUsers(sql: Sql, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await sql<{ id: string }[]>`select id from users where active and id = any(${ids})`
  return new Set(rows.map(({ id }) => id))
}
/** Partner → whether its agreement is in force on that day. */
export async function partnersAgreed(sql: Sql, ids: string[], today: string): Promise<Map<string, boolean>> {
  if (ids.length === 0) return new Map()
  const rows = await sql<{ id: string; agreed: boolean }[]>`
    select id, agreement_until is null or agreement_until >= ${today} as agreed
    from partners where id = any(${ids})`
  return new Map(rows.map(({ id, agreed }) => [id, agreed]))
}
