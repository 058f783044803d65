import type { Successor } from '../../cases/share-out.ts'
import type { CivilDate } from '../../cases/time.ts'
import type { Sql } from '../connect.ts'
import { type AwayRow, awayOf } from './staff.ts'

export interface Colleague extends Successor {
  name: string
  active: boolean
  away: { from: CivilDate; to: CivilDate | null } | null
}

/** People with what they hold on that day and how much they carry, in the order they are named. */
export async function successorsOf(sql: Sql, users: string[], today: CivilDate): Promise<Colleague[]> {
  const rows = await sql<(Omit<Colleague, 'away'> & AwayRow)[]>`
    select u.id as user, u.name, u.active, u.caseload as limit, u.away_from::text, u.away_to::text,
      (select count(*)::int from cases c where c.case_manager = u.id and c.status = 'open') as cases,
      coalesce((select jsonb_agg(jsonb_build_object('role', h.role, 'place', h.place))
        from holdings h where h.user_id = u.id and (h.until is null or h.until >= ${today})), '[]'::jsonb) as holds
    from users u where u.id = any(${users}) order by array_position(${users}, u.id)`
  return rows.map(({ awayFrom, awayTo, ...rest }) => ({ ...rest, away: awayOf({ awayFrom, awayTo }) }))
}
/** Everybody who holds something at one of these places on that day. */
export async function peopleAt(sql: Sql, places: string[], today: CivilDate): Promise<string[]> {
  const rows = await sql<{ userId: string }[]>`select distinct h.user_id
    from holdings h join users u on u.id = h.user_id
    where h.place = any(${places}) and u.active and (h.until is null or h.until >= ${today}) order by 1`
  return rows.map(({ userId }) => userId)
}

/** Who could take one more case at one of these places: there, and below their caseload. Most room first, at most ten. */
export async function colleaguesWithRoom(
  sql: Sql,
  role: string,
  places: string[],
  today: CivilDate,
): Promise<{ user: string; name: string; room: number }[]> {
  return sql<{ user: string; name: string; room: number }[]>`
    select u.id as user, u.name, u.caseload - count(c.case_id)::int as room
    from users u left join cases c on c.case_manager = u.id and c.status = 'open'
    where u.active and not (u.away_from is not null and u.away_from <= ${today} and coalesce(u.away_to, 'infinity') >= ${today})
      and exists (select from holdings h where h.user_id = u.id and h.role = ${role} and h.place = any(${places})
        and (h.until is null or h.until >= ${today}))
    group by u.id having u.caseload > count(c.case_id) order by room desc, u.id limit 10`
}
