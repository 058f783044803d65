/** Cases as a revival finds them in the record, and the one statement that takes them from whoever wrote them before. */

import type { Sql } from '../connect.ts'

export interface RecordedCase {
  caseId: string
  number: string
  /** `new`: its row was made, and nothing was recorded yet. */
  status: 'new' | 'open' | 'closed'
  head: { seq: number; hash: string }
  /** Why its recording stopped; null when it did not. */
  stopped: string | null
  /** Its incarnation was raised and has written nothing yet: a revival was cut short. */
  raised: boolean
  /** Keys of it were destroyed: nobody can say what its entries led to. */
  erased: boolean
  /** When its last entry was recorded. */
  recorded: Date | null
}
export interface ReviveFilter {
  number: string | null
  /** Home or centre. */
  places: string[] | null
  openedBefore: Date | null
}

interface RecordedRow extends Omit<RecordedCase, 'head'> {
  headSeq: number
  headHash: string
}
/** Who wakes first comes first. */
export async function recordedCases(sql: Sql, filter: ReviveFilter): Promise<RecordedCase[]> {
  const { number, places, openedBefore } = filter
  const rows = await sql<RecordedRow[]>`
    select c.case_id, c.number, c.status, c.head_seq, c.head_hash, c.stopped, e.recorded,
      c.incarnation > coalesce(e.incarnation, 0) as raised,
      exists (select 1 from case_keys k where k.case_id = c.case_id and k.wrapped is null) as erased
    from cases c left join case_events e on e.case_id = c.case_id and e.seq = c.head_seq
    where (${number}::text is null or c.number = ${number})
      and (${places}::text[] is null or c.home = any(${places}) or c.centre = any(${places}))
      and (${openedBefore}::timestamptz is null or c.opened < ${openedBefore})
    order by c.next_wake nulls last, c.case_id`
  return rows.map(({ headSeq, headHash, ...rest }) => ({ ...rest, head: { seq: headSeq, hash: headHash } }))
}
/** The instant of the last entry of them all; 0 when there is none. */
export const lastRecorded = (cases: RecordedCase[]): number =>
  cases.reduce((last, { recorded }) => Math.max(last, recorded?.getTime() ?? 0), 0)

/** All or none: afterwards no older writer can add an entry to any of them. */
export async function raiseIncarnations(sql: Sql, caseIds: string[]): Promise<void> {
  await sql`update cases set incarnation = incarnation + 1, stopped = null where case_id = any(${caseIds})`
}

/** The ledger goes on under the incarnation that wrote what it has lost. */
export async function takeIncarnation(sql: Sql, caseId: string, incarnation: number): Promise<void> {
  await sql`update cases set incarnation = ${incarnation}, stopped = null
    where case_id = ${caseId} and incarnation <= ${incarnation}`
}

/** How many of these have not been written to by their new incarnation. */
export async function countRaised(sql: Sql, caseIds: string[]): Promise<number> {
  const [row] = await sql<[{ count: number }]>`select count(*)::int as count from cases c
    join case_events e on e.case_id = c.case_id and e.seq = c.head_seq
    where c.case_id = any(${caseIds}) and c.status = 'open' and c.incarnation > e.incarnation`
  return row.count
}

/** Which of these cases have no entry in the ledger. */
export async function neverOpened(sql: Sql, caseIds: string[]): Promise<Set<string>> {
  const rows = await sql<{ caseId: string }[]>`select case_id from cases
    where case_id = any(${caseIds}) and head_seq > 0`
  const opened = new Set(rows.map(({ caseId }) => caseId))
  return new Set(caseIds.filter((caseId) => !opened.has(caseId)))
}
