/** The outbox: claimed with a lease, marked sent only while the lease is held. Leases use real time. */

import type { Sql } from '../connect.ts'

export interface OutboxClaim {
  key: string
  caseId: string
  number: string
  item: string
  notice: string
  role: string
  user: string | null
  place: string | null
  due: Date
  restricted: boolean
  attempts: number
  /** Given before the first try, so that every copy of a mail carries the same one. */
  messageId: string | null
}

/** Rows that are due to be tried, at most `limit`, each leased to one relay. */
export async function claim(sql: Sql, owner: string, limit: number, leaseMs: number): Promise<OutboxClaim[]> {
  return sql<OutboxClaim[]>`with chosen as (
      select key from outbox
      where state = 'pending' and next_try <= now() and (lease_until is null or lease_until < now())
      order by next_try, key limit ${limit} for update skip locked)
    update outbox o set lease_owner = ${owner}, lease_until = now() + ${leaseMs} * interval '1 millisecond', attempts = attempts + 1
    from chosen, cases c where o.key = chosen.key and c.case_id = o.case_id
    returning o.key, o.case_id, c.number, o.item, o.notice, o.role, o.user_id as user, o.place, o.due, o.restricted,
      o.attempts, o.message_id`
}

/** Freezes which rows go out in one mail. Answers how many are still leased to this relay and still to be sent. */
export async function nameMail(sql: Sql, owner: string, keys: string[], messageId: string): Promise<number> {
  const rows = await sql`update outbox set message_id = ${messageId}
    where key = any(${keys}) and state = 'pending' and lease_owner = ${owner} and lease_until > now() returning key`
  return rows.length
}

/** Answers how many were still leased to this relay: the others belong to somebody else now. */
export async function markSent(
  sql: Sql,
  owner: string,
  keys: string[],
  sentTo: string,
  messageId: string,
): Promise<number> {
  const rows =
    await sql`update outbox set state = 'sent', sent = now(), sent_to = ${sentTo}, message_id = ${messageId}, lease_until = null
    where key = any(${keys}) and lease_owner = ${owner} and lease_until > now() returning key`
  return rows.length
}

export async function retryLater(
  sql: Sql,
  owner: string,
  keys: string[],
  afterMs: number,
  problem: string,
): Promise<void> {
  await sql`update outbox set lease_until = null, next_try = now() + ${afterMs} * interval '1 millisecond', problem = ${problem}
    where key = any(${keys}) and lease_owner = ${owner}`
}

/** Set aside where a person sees it: the mail server refused for good, or nobody can be told. */
export async function park(sql: Sql, owner: string, keys: string[], problem: string): Promise<void> {
  await sql`update outbox set state = 'parked', lease_until = null, problem = ${problem}
    where key = any(${keys}) and lease_owner = ${owner}`
}

/** In place of a partner who may no longer be written to: whoever owns the step is told to choose another. */
export async function tellOwnerInstead(sql: Sql, key: string): Promise<void> {
  await sql`insert into outbox (key, case_id, item, notice, rung, role, user_id, place, due, restricted)
    select o.key || '/reroute', o.case_id, o.item, 'reroute', null, 'case_manager', s.owner, o.place, o.due, o.restricted
    from outbox o left join open_steps s on s.case_id = o.case_id and s.item = o.item
    where o.key = ${key} on conflict do nothing`
}

/** Never sent: what it asks for was done before it could go out. */
export async function drop(sql: Sql, owner: string, keys: string[]): Promise<void> {
  await sql`update outbox set state = 'dropped', lease_until = null where key = any(${keys}) and lease_owner = ${owner}`
}

/** Rows of mail that left seven days ago, or that asks for nothing any more; answers how many. Real time, not business time. */
export async function forgetMail(sql: Sql): Promise<number> {
  const [row] = await sql<[{ forgotten: number }]>`select forget_mail() as forgotten`
  return row.forgotten
}

export async function noteHole(sql: Sql, role: string, place: string, since: Date): Promise<void> {
  await sql`insert into staffing_holes (role, place, since) values (${role}, ${place}, ${since}) on conflict do nothing`
}
/** Somebody holds the role again. */
export async function fillHole(sql: Sql, role: string, place: string): Promise<void> {
  await sql`delete from staffing_holes where role = ${role} and place = ${place}`
}

export interface NoticeRow {
  key: string
  item: string
  notice: string
  /** The mark of the rung that it went out with; null of other notices. */
  rung: string | null
  role: string
  user: string | null
  due: Date
  state: 'pending' | 'sent' | 'parked' | 'dropped'
  sent: Date | null
}
/** How many rows wait to be sent. */
export async function countWaiting(sql: Sql): Promise<number> {
  const [row] = await sql<[{ count: number }]>`select count(*)::int as count from outbox where state = 'pending'`
  return row.count
}

export async function noticesOf(sql: Sql, caseId: string): Promise<NoticeRow[]> {
  return sql<NoticeRow[]>`
    select key, item, notice, rung, role, coalesce(sent_to, user_id) as user, due, state, sent from outbox
    where case_id = ${caseId} order by due desc, key limit 500`
}
