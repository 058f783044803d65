import type { Lists, Viewer } from '../as-viewer.ts'
import type { Sql } from '../connect.ts'
import { NOBODY } from './work.ts'

export interface ListedCase {
  caseId: string
  number: string
  status: 'open' | 'closed'
  stage: string
  opened: Date
  place: string | null
  caseManager: string | null
  arrival: string | null
}
export interface CaseFilter {
  owner: string | null
  place: string[] | null
  stage: string | null
  status: 'open' | 'closed' | null
}

/** Cases at the viewer's places, or managed by them, newest first. */
export async function listCases(
  sql: Lists,
  viewer: Viewer,
  filter: CaseFilter,
  page: { limit: number; after: { opened: number; caseId: string } | null },
): Promise<ListedCase[]> {
  const after = page.after ? sql`and (opened, case_id) < (${new Date(page.after.opened)}, ${page.after.caseId})` : sql``
  const owner =
    filter.owner === NOBODY
      ? sql`case_manager is null`
      : sql`(${filter.owner}::text is null or case_manager = ${filter.owner})`
  return sql<ListedCase[]>`
    select case_id, number, status, stage, opened, coalesce(home, centre) as place, case_manager, arrival
    from cases where subject = 'case' and status <> 'new' and erased is null
      and (case_manager = ${viewer.user} or home = any(${viewer.places}) or centre = any(${viewer.places}))
      and ${owner}
      and (${filter.place}::text[] is null or coalesce(home, centre) = any(${filter.place}))
      and (${filter.stage}::text is null or stage = ${filter.stage})
      and (${filter.status}::text is null or status = ${filter.status}) ${after}
    order by opened desc, case_id desc limit ${page.limit}`
}

/** Those of these cases that the viewer's lists show. */
export async function listedAmong(sql: Lists, viewer: Viewer, numbers: string[]): Promise<string[]> {
  const rows = await sql<{ number: string }[]>`select number from cases
    where number = any(${numbers}) and head_seq > 0 and erased is null
      and (case_manager = ${viewer.user} or home = any(${viewer.places}) or centre = any(${viewer.places}))
    order by number`
  return rows.map(({ number }) => number)
}

/** The arrival that a case was opened by; null when it was opened alone. */
export async function arrivalOf(sql: Sql, caseId: string): Promise<{ caseId: string; number: string } | null> {
  const [row] = await sql<{ caseId: string; number: string }[]>`select a.case_id, a.number
    from cases c join cases a on a.number = c.arrival
    where c.case_id = ${caseId}`
  return row ?? null
}

/** Numbers of the cases that were merged into this one, oldest first. */
export async function mergedCases(sql: Sql, number: string): Promise<string[]> {
  const rows = await sql<{ number: string }[]>`select number from cases
    where merged_into = ${number} order by opened, number`
  return rows.map((row) => row.number)
}
