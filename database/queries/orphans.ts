/** Personal answers and documents that no entry of the ledger refers to: how they are found, and how they go. */

import type { Sql } from '../connect.ts'

export interface Orphans {
  caseId: string
  /** `new`: the case was never opened. */
  status: 'new' | 'open' | 'closed'
  /** The arrival whose row the case is, by its opaque id. */
  arrival: string | null
  /** Acts that are not in the ledger. */
  acts: string[]
  /** When the first of what they brought was given last. */
  given: Date
}

/**
 * Given after `since` and an hour ago or more: no act that is on its way is among them, since a case refuses what reaches
 * it a minute after it was sent. In any order, so that a few which do not answer never stand before the others.
 */
export async function orphansSince(sql: Sql, since: Date): Promise<Orphans[]> {
  return sql<Orphans[]>`select p.case_id, c.status, a.case_id as arrival, min(p.given) as given,
      array_agg(distinct p.action_id) as acts
    from (select case_id, action_id, given from personal_answers
        union all select case_id, unnest(held_by), held_at from documents) p
      join cases c using (case_id) left join cases a on a.number = c.arrival
    where p.given >= ${since} and p.given < now() - interval '1 hour' and c.erased is null
      and not exists (select from case_actions r where r.action_id = p.action_id)
    group by p.case_id, c.status, a.case_id order by random()`
}

/**
 * What the case has disowned, as of this entry of its ledger. Of a case that was never opened the person goes too, with
 * their marks, once nothing of theirs is left to wait for. Answers how many answers went and documents were let go.
 */
export async function forgetUnrecorded(sql: Sql, caseId: string, acts: string[], askedAt: number): Promise<number> {
  return sql.begin(async (tx) => {
    const [{ gone }] = await tx<[{ gone: number }]>`select forget_unrecorded(${caseId}, ${acts}, ${askedAt}) as gone`
    const nobody = tx`case_id in (select case_id from cases c where case_id = ${caseId} and status = 'new'
      and not exists (select from personal_answers p where p.case_id = c.case_id))`
    if (gone > 0) await tx`delete from people where ${nobody}`
    if (gone > 0) await tx`delete from person_marks where ${nobody}`
    return gone
  })
}
