/** What needs the operator's hand, worst first. Ids, numbers, counts and instants only. */

import type { Sql } from '../connect.ts'
import { type CaseInTrouble, casesPastWake, silentCases } from './asleep.ts'

/** Enough to act on; the count says how many there are. */
const SHOWN = 50

/** Cases whose recorder met a gap or a conflict: they take no act until somebody has looked. */
export async function stoppedCases(sql: Sql): Promise<(CaseInTrouble & { why: string })[]> {
  return sql<(CaseInTrouble & { why: string })[]>`select c.case_id, c.number, c.stopped as why,
      (select max(recorded) from case_events e where e.case_id = c.case_id) as since
    from cases c where c.stopped is not null order by c.number limit ${SHOWN}`
}

/** `restricted`: whether a wake-up that only a restricted run awaits counts. */
export async function casesAsleep(
  sql: Sql,
  now: Date,
  { restricted }: { restricted: boolean },
): Promise<CaseInTrouble[]> {
  if (restricted) return casesPastWake(sql, now, SHOWN)
  return sql<CaseInTrouble[]>`select * from (${silentCases(sql, now)}) silent
    order by since, case_id limit ${SHOWN}`
}

export interface ParkedMail {
  problem: string
  count: number
  oldest: Date
}
/** Mail set aside, by what went wrong; `restricted`: whether mail of restricted runs counts. */
export async function parkedMail(sql: Sql, { restricted }: { restricted: boolean }): Promise<ParkedMail[]> {
  return sql<ParkedMail[]>`select coalesce(problem, 'unknown') as problem, count(*)::int as count, min(added) as oldest
    from outbox where state = 'parked' and (${restricted} or not restricted) group by 1 order by 2 desc, 1`
}

export interface StaffingHole {
  role: string
  place: string
  since: Date
}
/** Roles that somebody was to be told in and nobody holds. */
export async function allStaffingHoles(sql: Sql): Promise<StaffingHole[]> {
  return sql<StaffingHole[]>`select role, place, since from staffing_holes order by since, role, place`
}

/** Numbers of these cases, for workflows that the engine names. */
export async function casesById(sql: Sql, caseIds: string[]): Promise<CaseInTrouble[]> {
  return sql<CaseInTrouble[]>`select case_id, number, next_wake as since from cases
    where case_id::text = any(${caseIds}) order by number`
}

export interface Figures {
  openCases: number
  openSteps: number
  lateSteps: number
  asleep: number
  stopped: number
  holes: number
  mailWaiting: number
  mailParked: number
  /** Real seconds; 0 when nothing waits. */
  mailOldestSeconds: number
}
/** Counts for whoever watches: what restricted runs hold never counts. */
export async function figuresOf(sql: Sql, now: Date): Promise<Figures> {
  const [row] = await sql<[Figures]>`select
      (select count(*)::int from cases where status = 'open' and subject = 'case') as open_cases,
      (select count(*)::int from open_steps where visible_to is null and state = 'open') as open_steps,
      (select count(*)::int from open_steps where visible_to is null and state = 'open' and due < ${now}) as late_steps,
      (select count(*)::int from (${silentCases(sql, now)}) silent) as asleep,
      (select count(*)::int from cases where stopped is not null) as stopped,
      (select count(*)::int from staffing_holes) as holes,
      count(*) filter (where state = 'pending')::int as mail_waiting,
      count(*) filter (where state = 'parked')::int as mail_parked,
      coalesce(extract(epoch from now() - min(added) filter (where state = 'pending')), 0)::float as mail_oldest_seconds
    from outbox where not restricted`
  return row
}
