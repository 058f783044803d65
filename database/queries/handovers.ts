/** Handovers and their cases. Restricted steps are left out before anything is planned or counted. */

import type { Holding } from '../../cases/actions.ts'
import type { HandoverReason } from '../../cases/events.ts'
import type { Given, Portion } from '../../cases/share-out.ts'
import type { CivilDate } from '../../cases/time.ts'

import type { Sql, Transaction } from '../connect.ts'

export interface Handover {
  id: string
  digest: string
  because: HandoverReason
  people: string[]
  successors: string[]
  places: string[]
  by: { user: string; holds: Holding[] }
  starts: CivilDate
  until: CivilDate | null
  asked: Date
  moved: Date | null
  finished: Date | null
}
export type NewHandover = Omit<Handover, 'moved' | 'finished'>
export interface PlannedCase extends Given {
  handover: string
}

/** What these people have in open cases: the case itself, and steps that they own or have by name. */
export async function portionsOf(sql: Sql, people: string[]): Promise<Portion[]> {
  const rows = await sql`select c.case_id, u.id as user_id, c.case_manager is not distinct from u.id as manager,
      coalesce(c.home, c.centre) as place,
      coalesce(jsonb_agg(jsonb_build_object('roles', s.roles, 'place', s.place)) filter (where s.item is not null), '[]') as steps
    from users u join cases c on c.status = 'open'
    left join open_steps s on s.case_id = c.case_id and s.visible_to is null and s.state <> 'waiting'
      and (s.owner = u.id or u.id = any(s.users))
    where u.id = any(${people}) and (c.case_manager = u.id or s.item is not null)
    group by c.case_id, u.id order by c.opened, c.case_id, u.id`
  return rows.map((row) => ({
    caseId: row['case_id'],
    from: row['user_id'],
    manager: row['manager'],
    needs: [...(row['manager'] ? [{ roles: ['case_manager'], place: row['place'] }] : []), ...row['steps']],
  }))
}

export async function addHandover(sql: Sql, one: NewHandover, given: Given[]): Promise<void> {
  await sql.begin(async (tx) => {
    const { id, digest, because, people, successors, places, by, starts, until, asked } = one
    const kept = await tx`insert into handovers
        (id, digest, because, people, successors, places, by_user, by_holds, starts, until, asked)
      values (${id}, ${digest}, ${because}, ${people}, ${successors}, ${places}, ${by.user},
        ${tx.json(by.holds.map(({ role, place }) => ({ role, place })))}, ${starts}, ${until}, ${asked})
      on conflict do nothing returning id`
    if (kept.length === 0) return
    await planCases(tx, id, given)
    if (until !== null) await tx`update users set away_from = ${starts}, away_to = ${until} where id = any(${people})`
  })
}
export async function planCases(sql: Sql | Transaction, handover: string, given: Given[]): Promise<void> {
  for (const { caseId, from, to } of given) {
    await sql`insert into handover_cases (handover_id, case_id, from_user, to_user)
      values (${handover}, ${caseId}, ${from}, ${to}) on conflict do nothing`
  }
}

const handoverOf = (row: Record<string, unknown>): Handover => ({
  id: String(row['id']),
  digest: String(row['digest']),
  because: row['because'] as HandoverReason,
  people: row['people'] as string[],
  successors: row['successors'] as string[],
  places: row['places'] as string[],
  by: { user: String(row['by_user']), holds: row['by_holds'] as Holding[] },
  starts: String(row['starts']),
  until: row['until'] === null ? null : String(row['until']),
  asked: row['asked'] as Date,
  moved: row['moved'] as Date | null,
  finished: row['finished'] as Date | null,
})
const columns = (sql: Sql) => sql`id, digest, because, people, successors, places, by_user, by_holds,
  starts::text, until::text, asked, moved, finished`

export async function handoverById(sql: Sql, id: string): Promise<Handover | undefined> {
  const [row] = await sql`select ${columns(sql)} from handovers where id = ${id}`
  return row && handoverOf(row)
}
/** Those at these places, and those that this person gives, takes or asked for; newest first. */
export async function handoversFor(sql: Sql, viewer: { user: string; places: string[] }): Promise<Handover[]> {
  const { user, places } = viewer
  const rows = await sql`select ${columns(sql)} from handovers
    where places && ${places} or by_user = ${user} or ${user} = any(people) or ${user} = any(successors)
    order by asked desc, id limit 100`
  return rows.map(handoverOf)
}
export interface Counted {
  total: number
  planned: number
  refused: number
  returned: number
}
export async function countOf(sql: Sql, handover: string): Promise<Counted> {
  const [row] = await sql`select count(distinct case_id)::int as total,
      count(distinct case_id) filter (where state = 'planned')::int as planned,
      count(distinct case_id) filter (where state = 'refused')::int as refused,
      count(distinct case_id) filter (where state <> 'moved')::int as returned
    from handover_cases where handover_id = ${handover}`
  return row as unknown as Counted
}

export async function casesToMove(
  sql: Sql,
  handover: string,
  state: 'planned' | 'moved',
  limit: number,
): Promise<PlannedCase[]> {
  const rows = await sql`select case_id, from_user, to_user from handover_cases
    where handover_id = ${handover} and state = ${state} order by case_id, from_user limit ${limit}`
  return rows.map((row) => ({ handover, caseId: row['case_id'], from: row['from_user'], to: row['to_user'] }))
}
export async function markCase(sql: Sql, one: PlannedCase, state: 'moved' | 'nothing' | 'refused' | 'returned') {
  await sql`update handover_cases set state = ${state}
    where handover_id = ${one.handover} and case_id = ${one.caseId} and from_user = ${one.from}`
}
/** Among these portions, those that the handover does not know yet. */
export async function unplanned(sql: Sql, handover: string, portions: Portion[]): Promise<Portion[]> {
  const rows = await sql`select case_id, from_user from handover_cases where handover_id = ${handover}`
  const known = new Set(rows.map((row) => `${row['case_id']} ${row['from_user']}`))
  return portions.filter((one) => !known.has(`${one.caseId} ${one.from}`))
}

/** Whoever leaves can no longer sign in, and holds nothing from that day on. */
export async function endStay(sql: Sql, people: string[], starts: CivilDate): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`update users set active = false, away_from = null, away_to = null where id = any(${people})`
    await tx`update tokens set revoked = now() where user_id = any(${people}) and revoked is null`
    await tx`update holdings set until = least(until, ${starts}::date - 1) where user_id = any(${people})`
  })
}
export async function closeOffice(sql: Sql, places: string[], starts: CivilDate): Promise<void> {
  await sql`update holdings set until = least(until, ${starts}::date - 1) where place = any(${places})`
}
export async function markMoved(sql: Sql, { id, until }: Handover, now: Date): Promise<void> {
  await sql`update handovers set moved = ${now}, finished = ${until === null ? now : null} where id = ${id} and moved is null`
}
export async function markReturned(sql: Sql, { id, people, until }: Handover, now: Date): Promise<void> {
  await sql`update users set away_from = null, away_to = null where id = any(${people}) and away_to = ${until}`
  await sql`update handovers set finished = ${now} where id = ${id} and finished is null`
}
export async function unfinishedHandovers(sql: Sql): Promise<string[]> {
  return (await sql`select id from handovers where finished is null`).map((row) => String(row['id']))
}
/** How many have to move today, out or back, and have not. */
export async function countDueHandovers(sql: Sql, today: CivilDate): Promise<number> {
  const [row] = await sql`select count(*)::int as due from handovers
    where finished is null and ((moved is null and starts <= ${today}) or (moved is not null and until < ${today}))`
  return Number(row?.['due'] ?? 0)
}
