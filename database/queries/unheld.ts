/** Open steps by whom they wait for, who is here, and who is told when nobody is. Never restricted ones. */

import type { Holding } from '../../cases/actions.ts'
import type { Present, WaitingForRole } from '../../cases/unheld.ts'
import type { CivilDate } from '../../cases/time.ts'
import type { Sql } from '../connect.ts'

export async function presentOn(sql: Sql, today: CivilDate): Promise<Present> {
  const rows = await sql<({ id: string } & (Holding | Record<keyof Holding, null>))[]>`
    select u.id, h.role, h.place from users u
    left join holdings h on h.user_id = u.id and (h.until is null or h.until >= ${today})
    where u.active
      and not (u.away_from is not null and u.away_from <= ${today} and coalesce(u.away_to, 'infinity') >= ${today})`
  return {
    users: new Set(rows.map(({ id }) => id)),
    holds: rows.flatMap(({ role, place }) => (role === null ? [] : [{ role, place }])),
  }
}

interface WaitingRow {
  roles: string[]
  place: string | null
  owner: string | null
  users: string[]
}
/** One scan and one grouping, whatever the planner knows: of a million steps few wait for different people. */
export async function waitingForRoles(sql: Sql): Promise<WaitingForRole[]> {
  const rows = await sql<WaitingRow[]>`select distinct roles, place, owner, users from open_steps
    where state = 'open' and visible_to is null and cardinality(roles) > 0`
  return rows.map(({ roles, place, owner, users }) => ({
    roles,
    place,
    people: [...(owner === null ? [] : [owner]), ...users],
  }))
}

/** A notice for each step that waits so, once for each hole; the relay gives it to the next rung. Answers how many are new. */
export async function tellNextRung(
  sql: Sql,
  { roles, place, people }: WaitingForRole,
  { holeAt, now }: { holeAt: string; now: Date },
): Promise<number> {
  const told = await sql`insert into outbox (key, case_id, item, notice, role, place, due, restricted)
    select s.case_id || '/' || s.item || '/unheld/' || (extract(epoch from h.since) * 1000)::bigint,
      s.case_id, s.item, 'unheld', h.role, s.place, ${now}, false
    from open_steps s join staffing_holes h on h.role = ${roles[0] ?? ''} and h.place = ${holeAt}
    where s.state = 'open' and s.visible_to is null and s.roles = ${roles} and s.place is not distinct from ${place}
      and array_remove(array[s.owner] || s.users, null) = ${people}
    on conflict do nothing returning key`
  return told.length
}
