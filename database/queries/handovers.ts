/** Handovers and their cases. Restricted steps are left out before anything is planned or counted. */

import type { Holding } from '../../cases/actions.ts'
import type { HandoverReason } from '../../cases/events.ts'
import type { Given, Portion } from '../../cases/share-out.ts'
import type { CivilDate } from '../../cases/time.ts'
import { json, type Sql, type Transaction } from '../connect.ts'

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

interface PortionRow {
  caseId: string
  userId: string
  manager: boolean
  place: string | null
  steps: Portion['needs']
}
/** What these people have in open cases: the case itself, and steps that they own or have by name. */
export async function portionsOf(sql: Sql, people: string[]): Promise<Portion[]> {
  const rows = await sql<PortionRow[]>`
    select c.case_id, u.id as user_id, c.case_manager is not distinct from u.id as manager,
      coalesce(c.home, c.centre) as place,
      coalesce(jsonb_agg(jsonb_build_object('roles', s.roles, 'place', s.place)) filter (where s.item is not null), '[]') as steps
    from users u join cases c on c.status = 'open'
    left join open_steps s on s.case_id = c.case_id and s.visible_to is null and s.state <> 'waiting'
      and (s.owner = u.id or u.id = any(s.users))
    where u.id = any(${people}) and (c.case_manager = u.id or s.item is not null)
    group by c.case_id, u.id order by c.opened, c.case_id, u.id`
  return rows.map((row) => ({
    caseId: row.caseId,
    from: row.userId,
    manager: row.manager,
    needs: [...(row.manager ? [{ roles: ['case_manager'], place: row.place }] : []), ...row.steps],
  }))
}

export async function addHandover(sql: Sql, one: NewHandover, given: Given[]): Promise<void> {
  await sql.begin(async (tx) => {
    const { id, digest, because, people, successors, places, by, starts, until, asked } = one
    const holds = by.holds.map(({ role, place }) => ({ role, place }))
    const kept = await tx`insert into handovers
        (id, digest, because, people, successors, places, by_user, by_holds, starts, until, asked)
      values (${id}, ${digest}, ${because}, ${people}, ${successors}, ${places}, ${by.user},
        ${json(tx, holds)}, ${starts}, ${until}, ${asked})
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

type HandoverRow = Omit<Handover, 'by'> & { byUser: string; byHolds: Holding[] }
const handoverOf = ({ byUser, byHolds, ...rest }: HandoverRow): Handover => ({
  ...rest,
  by: { user: byUser, holds: byHolds },
})
const columns = (sql: Sql) => sql`id, digest, because, people, successors, places, by_user, by_holds,
  starts::text, until::text, asked, moved, finished`

export async function handoverById(sql: Sql, id: string): Promise<Handover | undefined> {
  const [row] = await sql<HandoverRow[]>`select ${columns(sql)} from handovers where id = ${id}`
  return row && handoverOf(row)
}
/** Those at these places, and those that this person gives, takes or asked for; newest first. */
export async function handoversFor(sql: Sql, viewer: { user: string; places: string[] }): Promise<Handover[]> {
  const { user, places } = viewer
  const rows = await sql<HandoverRow[]>`select ${columns(sql)} from handovers
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
  const [row] = await sql<[Counted]>`select count(distinct case_id)::int as total,
      count(distinct case_id) filter (where state = 'planned')::int as planned,
      count(distinct case_id) filter (where state = 'refused')::int as refused,
      count(distinct case_id) filter (where state <> 'moved')::int as returned
    from handover_cases where handover_id = ${handover}`
  return row
}

export async function casesToMove(
  sql: Sql,
  handover: string,
  state: 'planned' | 'moved',
  limit: number,
): Promise<PlannedCase[]> {
  return sql<PlannedCase[]>`
    select handover_id as handover, case_id, from_user as from, to_user as to from handover_cases
    where handover_id = ${handover} and state = ${state} order by case_id, from_user limit ${limit}`
}
export async function markCase(sql: Sql, one: PlannedCase, state: 'moved' | 'nothing' | 'refused' | 'returned') {
  await sql`update handover_cases set state = ${state}
    where handover_id = ${one.handover} and case_id = ${one.caseId} and from_user = ${one.from}`
}
/** Among these portions, those that the handover does not know yet. */
export async function unplanned(sql: Sql, handover: string, portions: Portion[]): Promise<Portion[]> {
  const rows = await sql<{ caseId: string; fromUser: string }[]>`select case_id, from_user from handover_cases
    where handover_id = ${handover}`
  const known = new Set(rows.map(({ caseId, fromUser }) => `${caseId} ${fromUser}`))
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
  const rows = await sql<{ id: string }[]>`select id from handovers where finished is null`
  return rows.map(({ id }) => id)
}
/** How many have to move today, out or back, and have not. */
export async function countDueHandovers(sql: Sql, today: CivilDate): Promise<number> {
  const [row] = await sql<[{ due: number }]>`select count(*)::int as due from handovers
    where finished is null and ((moved is null and starts <= ${today}) or (moved is not null and until < ${today}))`
  return row.due
}
