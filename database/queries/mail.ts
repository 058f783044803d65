/** What a mail needs to know when it is sent: the step, its case, and who is there to read it. */

import type { Sql } from '../connect.ts'
import type { User } from './staff.ts'

export interface MailSubject {
  caseId: string
  item: string
  run: string
  /** Of the version that the run follows; null when the run is unknown. */
  title: { fr: string; en: string } | null
  /** Somebody is still awaited. */
  open: boolean
  /** null when the step is no longer open or has no deadline. */
  due: Date | null
  caseManager: string | null
  /** Roles of the step's rungs, nearest first. */
  ladder: string[]
  /** Who may be assigned to a restricted run; null for ordinary ones. */
  visibleTo: string[] | null
  /** Who must never be told; their place is taken by the next one up. */
  hiddenFrom: string | null
}

/** One row for each item asked, in the same order. */
export async function mailSubjects(sql: Sql, asked: { caseId: string; item: string }[]): Promise<MailSubject[]> {
  const cases = asked.map((one) => one.caseId)
  const items = asked.map((one) => one.item)
  return sql<MailSubject[]>`
    select c.case_id, w.item, split_part(w.item, '.', 1) as run, c.case_manager, o.item is not null as open, o.due, r.visible_to, r.hidden_from,
      (select s->'title' from jsonb_array_elements(p.document->'steps') s
        where s->>'id' = split_part(w.item, '.', 2)) as title,
      coalesce((select jsonb_path_query_array(s, '$.ladder[*].role') from jsonb_array_elements(p.compiled->'steps') s
        where s->>'id' = split_part(w.item, '.', 2)), '[]') as ladder
    from unnest(${cases}::uuid[], ${items}::text[]) with ordinality w(case_id, item, position)
    join cases c on c.case_id = w.case_id
    left join runs r on r.case_id = w.case_id and r.run = split_part(w.item, '.', 1)
    left join procedures p on p.hash = r.hash
    left join open_steps o on o.case_id = w.case_id and o.item = w.item
    order by w.position`
}

/** undefined when this user has left or is away today. */
export async function presentUser(sql: Sql, id: string, today: string): Promise<User | undefined> {
  const [row] = await sql<User[]>`select id, login, name, email, language from users where id = ${id} and active
    and not (away_from is not null and away_from <= ${today} and coalesce(away_to, 'infinity') >= ${today})`
  return row
}
