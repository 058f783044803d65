import type { Sql } from '../connect.ts'
import { type Away, type AwayRow, awayOf } from './staff.ts'

export interface Load {
  user: string
  name: string
  role: string
  place: string
  openCases: number
  limit: number
  late: number
  away: Away | null
}

/** People who hold a role at these places, with the cases they manage and what of theirs is late. Restricted work is not counted. */
export async function workload(sql: Sql, asked: { role: string | null; places: string[]; now: Date }): Promise<Load[]> {
  const rows = await sql<(Omit<Load, 'away'> & AwayRow)[]>`
    select u.id as user, u.name, u.caseload as limit, h.role, h.place, u.away_from::text, u.away_to::text,
      (select count(*)::int from cases c where c.case_manager = u.id and c.status = 'open') as open_cases,
      (select count(*)::int from open_steps s where s.owner = u.id and s.visible_to is null and s.state = 'open' and s.due < ${asked.now}) as late
    from holdings h join users u on u.id = h.user_id
    where u.active and (h.until is null or h.until >= ${asked.now.toISOString().slice(0, 10)}) and h.place = any(${asked.places}) and (${asked.role}::text is null or h.role = ${asked.role})
    order by late desc, u.name, u.id, h.role, h.place limit 200`
  return rows.map(({ awayFrom, awayTo, ...rest }) => ({ ...rest, away: awayOf({ awayFrom, awayTo }) }))
}

export async function staffingHoles(
  sql: Sql,
  places: string[],
): Promise<{ role: string; place: string; since: Date }[]> {
  return sql<{ role: string; place: string; since: Date }[]>`select role, place, since from staffing_holes
    where place = any(${places}) order by since, role, place`
}
