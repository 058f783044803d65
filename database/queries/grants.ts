/** Roles given over the API, and the signatures that some of them wait for. */

import type { Holding } from '../../cases/actions.ts'
import type { CivilDate } from '../../cases/time.ts'
import type { Circles, Held, Wanted } from '../../cases/who-signs.ts'
import { json, type Sql, type Transaction } from '../connect.ts'

export type GrantState = 'waiting' | 'granted' | 'refused'
export interface Grant extends Wanted {
  id: string
  digest: string
  until: CivilDate | null
  asked: Date
  /** null where no signature is needed. */
  expires: Date | null
  state: GrantState
  answered: { by: string; as: string; at: Date } | null
}

export async function circlesOf(sql: Sql): Promise<Circles> {
  const rows = await sql<{ roles: string[] }[]>`select distinct compiled -> 'visibleTo' as roles from procedures
    where compiled ? 'visibleTo'`
  return rows.map(({ roles }) => roles)
}

/** Everybody in service who holds one of these roles, away or not. */
export async function heldNow(sql: Sql, roles: string[], today: CivilDate): Promise<Held[]> {
  return sql<Held[]>`select h.user_id as user, h.role, h.place from holdings h join users u on u.id = h.user_id
    where h.role = any(${roles}) and u.active and (h.until is null or h.until >= ${today}) order by 1, 2, 3`
}

/** An id that is known already stays as it is. Without an end of waiting the role is held at once. */
export async function addGrant(sql: Sql, one: Omit<Grant, 'state' | 'answered'> & { holds: Holding[] }): Promise<void> {
  const { id, digest, user, role, place, until, by, holds, asked, expires } = one
  const held = holds.map((holding) => ({ role: holding.role, place: holding.place }))
  await sql.begin(async (tx) => {
    const kept = await tx`
      insert into grants (id, digest, user_id, role, place, until, by_user, by_holds, asked, expires, state)
      values (${id}, ${digest}, ${user}, ${role}, ${place}, ${until}, ${by}, ${json(tx, held)}, ${asked}, ${expires},
        ${expires === null ? 'granted' : 'waiting'}) on conflict do nothing returning id`
    if (kept.length > 0 && expires === null) await hold(tx, one)
  })
}
const hold = (tx: Transaction, { user, role, place, until }: Pick<Grant, 'user' | 'role' | 'place' | 'until'>) =>
  tx`insert into holdings (user_id, role, place, until) values (${user}, ${role}, ${place}, ${until})
    on conflict (user_id, role, place) do update set until = excluded.until`

/** Only one that waits and has not run out; false otherwise. A signature gives the role in the same transaction. */
export async function answerGrant(
  sql: Sql,
  one: Grant,
  answer: { by: string; as: string; at: Date; state: Exclude<GrantState, 'waiting'> },
): Promise<boolean> {
  return sql.begin(async (tx) => {
    const taken = await tx`update grants
      set state = ${answer.state}, answered_by = ${answer.by}, answered_as = ${answer.as}, answered = ${answer.at}
      where id = ${one.id} and state = 'waiting' and expires > ${answer.at} returning id`
    if (taken.length > 0 && answer.state === 'granted') await hold(tx, one)
    return taken.length > 0
  })
}

export async function grantById(sql: Sql, id: string): Promise<Grant | undefined> {
  const [row] = await sql<GrantRow[]>`select *, until::text from grants where id = ${id}`
  return row && grantOf(row)
}

/** What this user asked for or was given, what is held at these places, and these roles at theirs (`role@place`). */
export async function grantsFor(sql: Sql, of: { user: string; places: string[]; pairs: string[] }): Promise<Grant[]> {
  const rows = await sql<GrantRow[]>`select *, until::text from grants
    where by_user = ${of.user} or (user_id = ${of.user} and state = 'granted') or place = any(${of.places})
      or role || '@' || place = any(${of.pairs})
    order by asked desc, id limit 100`
  return rows.map(grantOf)
}
interface AnswerRow {
  answeredBy: string
  answeredAs: string
  answered: Date
}
type GrantRow = Omit<Grant, 'user' | 'by' | 'answered'> & { userId: string; byUser: string } & (
    | AnswerRow
    | Record<keyof AnswerRow, null>
  )
const grantOf = (row: GrantRow): Grant => ({
  id: row.id,
  digest: row.digest,
  user: row.userId,
  role: row.role,
  place: row.place,
  until: row.until,
  by: row.byUser,
  asked: row.asked,
  expires: row.expires,
  state: row.state,
  answered: row.answeredBy === null ? null : { by: row.answeredBy, as: row.answeredAs, at: row.answered },
})
