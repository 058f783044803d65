/** The feed of events. Positions are given by whoever reads, one at a time, to what is committed: see decision 0026. */

import type { Sql } from '../connect.ts'

/** A number of its own among advisory locks. */
const LOCK = 7021
const CASES_AT_ONCE = 500

export interface PlacedEvent {
  position: number
  caseId: string
  seq: number
}

/** Gives positions to what has none. False when there is more to place, or somebody else is placing. */
export async function placeEvents(sql: Sql): Promise<boolean> {
  return sql.begin(async (tx) => {
    const [lock] = await tx<[{ mine: boolean }]>`select pg_try_advisory_xact_lock(${LOCK}) as mine`
    if (!lock.mine) return false
    // Locked first and read by a later statement, which sees all that these heads speak of.
    const behind = await tx<{ caseId: string; placedSeq: number; headSeq: number }[]>`
      select case_id, placed_seq, head_seq from cases where placed_seq < head_seq
      order by case_id limit ${CASES_AT_ONCE} for update skip locked`
    const cases = tx`select * from unnest(${behind.map(({ caseId }) => caseId)}::uuid[],
      ${behind.map(({ placedSeq }) => placedSeq)}::int[], ${behind.map(({ headSeq }) => headSeq)}::int[]) as b (case_id, placed, head)`
    await tx`insert into event_feed (position, case_id, seq)
      select (select coalesce(max(position), 0) from event_feed) + row_number() over (order by since, case_id, seq), case_id, seq
      from (select e.case_id, e.seq, e.compartment, max(e.recorded) over (partition by e.case_id order by e.seq) as since
        from (${cases}) b join case_events e on e.case_id = b.case_id and e.seq > b.placed and e.seq <= b.head) fresh
      where compartment = 'general'`
    await tx`update cases c set placed_seq = b.head from (${cases}) b where c.case_id = b.case_id`
    return behind.length < CASES_AT_ONCE
  })
}

/** Oldest first. */
export async function eventsAfter(sql: Sql, position: number, limit: number): Promise<PlacedEvent[]> {
  const rows = await sql<{ position: string; caseId: string; seq: number }[]>`
    select position, case_id, seq from event_feed
    where position > ${position}
    order by position limit ${limit}`
  return rows.map((row) => ({ ...row, position: Number(row.position) }))
}

/** The newest position; 0 when nothing has one. */
export async function lastPosition(sql: Sql): Promise<number> {
  const [row] = await sql<[{ last: string }]>`select coalesce(max(position), 0) as last from event_feed`
  return Number(row.last)
}
