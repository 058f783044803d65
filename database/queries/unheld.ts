/** Open steps that nobody present has by name, the holes in the staff behind them, and who is told. Never restricted ones. */

import type { Holding } from '../../cases/actions.ts'
import type { CivilDate } from '../../cases/time.ts'
import type { WaitingForRole } from '../../cases/unheld.ts'
import type { Sql } from '../connect.ts'

const isPresent = (sql: Sql, today: CivilDate) => sql`u.active
  and not (u.away_from is not null and u.away_from <= ${today} and coalesce(u.away_to, 'infinity') >= ${today})`

export async function presentUsers(sql: Sql, today: CivilDate): Promise<string[]> {
  const rows = await sql`select u.id from users u where ${isPresent(sql, today)}`
  return rows.map((row) => String(row['id']))
}
export async function presentHoldings(sql: Sql, today: CivilDate): Promise<Holding[]> {
  const rows = await sql`select distinct h.role, h.place from holdings h join users u on u.id = h.user_id
    where ${isPresent(sql, today)} and (h.until is null or h.until >= ${today})`
  return rows.map((row) => ({ role: row['role'], place: row['place'] }))
}

const waitsForRole = (sql: Sql, present: string[]) => sql`s.state = 'open' and s.visible_to is null
  and cardinality(s.roles) > 0 and not coalesce(s.owner = any(${present}), false) and not s.users && ${present}`

export async function waitingForRoles(sql: Sql, present: string[]): Promise<WaitingForRole[]> {
  const rows = await sql`select distinct s.roles, s.place from open_steps s where ${waitsForRole(sql, present)}`
  return rows.map((row) => ({ roles: row['roles'], place: row['place'] }))
}

/** A notice for each step that waits so, once for each hole; the relay gives it to the next rung. Answers how many are new. */
export async function tellNextRung(
  sql: Sql,
  { roles, place }: WaitingForRole,
  more: { holeAt: string; present: string[]; now: Date },
): Promise<number> {
  const told = await sql`insert into outbox (key, case_id, item, notice, role, place, due, restricted)
    select s.case_id || '/' || s.item || '/unheld/' || (extract(epoch from h.since) * 1000)::bigint,
      s.case_id, s.item, 'unheld', h.role, s.place, ${more.now}, false
    from open_steps s join staffing_holes h on h.role = ${roles[0] ?? ''} and h.place = ${more.holeAt}
    where ${waitsForRole(sql, more.present)} and s.roles = ${roles} and s.place is not distinct from ${place}
    on conflict do nothing returning key`
  return told.length
}
