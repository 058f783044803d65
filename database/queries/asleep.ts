/** Cases that oversleep, at business time `now`: something was to speak by itself and has not (I12). */

import type { Sql } from '../connect.ts'

export interface CaseInTrouble {
  caseId: string
  number: string
  since: Date | null
}

/** In service a wake-up may be spread over ten minutes, and only then is it late. */
const latest = (sql: Sql, now: Date) => sql`${now}::timestamptz
  - case (select kind from installation) when 'service' then interval '20 minutes' else interval '10 minutes' end`

/**
 * Open cases in which the clock of an ordinary step is silent. A wake-up that only a restricted run awaits is not among
 * them: when it falls due would tell that there is one. Rows of `case_id`, `number`, `since`.
 */
export const silentCases = (sql: Sql, now: Date) => sql`select c.case_id, c.number,
    min(least(s.next_rung, case when not s.breached then s.due end)) as since
  from open_steps s join cases c using (case_id)
  where c.status = 'open' and s.visible_to is null and s.state <> 'held'
    and (s.next_rung < ${latest(sql, now)} or (not s.breached and s.due < ${latest(sql, now)}))
  group by c.case_id, c.number`

/** Every open case past its wake-up, whatever awaits it: for an operator at the shell, who holds the live keys. */
export async function casesPastWake(sql: Sql, now: Date, most: number): Promise<CaseInTrouble[]> {
  return sql<CaseInTrouble[]>`select case_id, number, next_wake as since from cases
    where status = 'open' and next_wake < ${latest(sql, now)} order by next_wake, case_id limit ${most}`
}
