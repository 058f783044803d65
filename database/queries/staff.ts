/** Who works here: names by id, and who holds a role over a place. */

import type { CivilDate } from '../../cases/time.ts'
import type { Sql } from '../connect.ts'

export async function userNames(sql: Sql): Promise<Map<string, string>> {
  const rows = await sql`select id, name from users`
  return new Map(rows.map((row) => [String(row['id']), String(row['name'])]))
}

/** Which of these are users who may sign in. */
export async function activeUsers(sql: Sql, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await sql`select id from users where active and id in ${sql(ids)}`
  return new Set(rows.map((row) => String(row['id'])))
}

export interface Holder {
  user: string
  name: string
  role: string
  place: string
}
/** Active holders of any of the roles at any of the places, on `today`. */
export async function holdersOf(sql: Sql, roles: string[], places: string[], today: CivilDate): Promise<Holder[]> {
  if (roles.length === 0 || places.length === 0) return []
  const rows = await sql`select u.id, u.name, h.role, h.place from holdings h join users u on u.id = h.user_id
    where u.active and h.role in ${sql(roles)} and h.place in ${sql(places)}
      and (h.until is null or h.until >= ${today}) order by u.name`
  return rows.map((row) => ({
    user: String(row['id']),
    name: String(row['name']),
    role: String(row['role']),
    place: String(row['place']),
  }))
}

export async function partnerExists(sql: Sql, id: string): Promise<boolean> {
  return (await sql`select 1 from partners where id = ${id}`).length > 0
}
