/** Which cases a batch would touch. Only unrestricted runs are looked at, before anything is counted. */

import type { Lists, Viewer } from '../as-viewer.ts'

export interface BatchFilter {
  /** A place and all under it; where the case is followed. */
  places: string[] | null
  stage: string | null
  /** A run of this procedure is open. */
  procedure: string | null
  owner: string | null
  numbers: string[] | null
}
export interface Candidate {
  caseId: string
  number: string
  stage: string
  place: string | null
  /** The open run of the procedure that the batch begins. */
  running: string | null
}

/** Open cases that the viewer's lists show, oldest first. */
export async function candidates(
  sql: Lists,
  viewer: Viewer,
  filter: BatchFilter,
  procedure: string,
): Promise<Candidate[]> {
  const open = (wanted: string) => sql`select min(r.run) from runs r
    where r.case_id = c.case_id and r.status = 'open' and r.visible_to is null and r.procedure = ${wanted}`
  return sql<Candidate[]>`select c.case_id, c.number, c.stage, coalesce(c.home, c.centre) as place,
      (${open(procedure)}) as running
    from cases c where c.subject = 'case' and c.status = 'open' and c.head_seq > 0
      and (c.case_manager = ${viewer.user} or c.home = any(${viewer.places}) or c.centre = any(${viewer.places}))
      and (${filter.places}::text[] is null or coalesce(c.home, c.centre) = any(${filter.places}))
      and (${filter.stage}::text is null or c.stage = ${filter.stage})
      and (${filter.owner}::text is null or c.case_manager = ${filter.owner})
      and (${filter.numbers}::text[] is null or c.number = any(${filter.numbers}))
      ${filter.procedure === null ? sql`` : sql`and exists (${open(filter.procedure)} having count(*) > 0)`}
    order by c.opened, c.case_id`
}
