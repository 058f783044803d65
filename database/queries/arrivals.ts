/** Flights and convoys: the rows of the list, and how many cases each has opened. */

import type { CivilDate } from '../../cases/time.ts'
import type { Lists } from '../as-viewer.ts'
import type { Sql } from '../connect.ts'

export interface ArrivalRow {
  caseId: string
  number: string
}
/** Newest first, of these places; `before` is the number of the last one of the page before. */
export async function arrivalsOf(
  sql: Lists,
  places: string[],
  limit: number,
  before: string | null,
): Promise<ArrivalRow[]> {
  return sql<ArrivalRow[]>`select case_id, number from cases
    where subject = 'arrival' and status <> 'new' and centre = any(${places})
      and (${before}::text is null or (opened, number) < (select opened, number from cases where number = ${before}))
    order by opened desc, number desc limit ${limit}`
}

/** Numbers of the cases that an arrival has opened. */
export async function casesOfArrival(sql: Sql, arrival: string): Promise<Set<string>> {
  const rows = await sql<{ number: string }[]>`select number from cases where arrival = ${arrival} and head_seq > 0`
  return new Set(rows.map(({ number }) => number))
}

/** How many arrivals a place has on a day: the next one's rank is one more. */
export async function arrivalsOfDay(sql: Sql, place: string, day: CivilDate): Promise<number> {
  const [row] = await sql<[{ count: number }]>`select count(*)::int as count from cases 
    where subject = 'arrival' and starts_with(number, ${`${place}-${day}-`})`
  return row.count
}
