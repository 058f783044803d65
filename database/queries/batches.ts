/** Batches: what was asked of which cases, how far it has come, and its lifting. */

import type { Holding } from '../../cases/actions.ts'
import type { Answers } from '../../cases/events.ts'
import type { Refusal } from '../../cases/refusals.ts'
import { json, type Sql } from '../connect.ts'

export interface Asker {
  user: string
  holds: Holding[]
}
export interface Lift {
  /** Also the id of its workflow. */
  id: string
  by: Asker
  asked: Date
  done: Date | null
}
export interface Batch {
  id: string
  digest: string
  procedure: string
  answers: Answers
  /** As it was asked for. */
  filter: Record<string, unknown>
  places: string[]
  by: Asker
  asked: Date
  begun: Date | null
  lift: Lift | null
}
export type NewBatch = Omit<Batch, 'begun' | 'lift'>
export const CASE_STATES = ['waiting', 'begun', 'refused', 'nothing', 'lifted', 'over', 'kept'] as const
export type CaseState = (typeof CASE_STATES)[number]

/** With all of its cases, or not at all; an id that is known already stays as it is. */
export async function addBatch(
  sql: Sql,
  one: NewBatch,
  cases: { caseId: string; refusal: Refusal | null }[],
): Promise<void> {
  await sql.begin(async (tx) => {
    const { id, digest, procedure, answers, filter, places, by, asked } = one
    const kept = await tx`insert into batches (id, digest, procedure, answers, filter, places, by_user, by_holds, asked)
      values (${id}, ${digest}, ${procedure}, ${json(tx, answers)}, ${json(tx, filter)}, ${places},
        ${by.user}, ${tx.json(holdsOf(by))}, ${asked})
      on conflict do nothing returning id`
    if (kept.length === 0) return
    const rows = cases.map(({ caseId, refusal }) => ({
      case_id: caseId,
      state: refusal === null ? 'waiting' : 'refused',
      refusal,
    }))
    await tx`insert into batch_cases (batch_id, case_id, state, refusal)
      select ${id}, case_id, state, refusal
      from jsonb_to_recordset(${json(tx, rows)}) as r(case_id uuid, state text, refusal jsonb)`
  })
}
const holdsOf = ({ holds }: Asker) => holds.map(({ role, place }) => ({ role, place }))

interface LiftRow {
  liftId: string
  liftUser: string
  liftHolds: Holding[]
  liftAsked: Date
}
type BatchRow = Omit<Batch, 'by' | 'lift'> & { byUser: string; byHolds: Holding[]; lifted: Date | null } & (
    | LiftRow
    | Record<keyof LiftRow, null>
  )
const batchOf = (row: BatchRow): Batch => {
  const { byUser, byHolds, liftId, liftUser, liftHolds, liftAsked, lifted, ...rest } = row
  const lift =
    liftId === null ? null : { id: liftId, by: { user: liftUser, holds: liftHolds }, asked: liftAsked, done: lifted }
  return { ...rest, by: { user: byUser, holds: byHolds }, lift }
}

export async function batchById(sql: Sql, id: string): Promise<Batch | undefined> {
  const [row] = await sql<BatchRow[]>`select * from batches where id = ${id}`
  return row && batchOf(row)
}
/** Of these procedures, newest first. */
export async function batchesOf(sql: Sql, procedures: string[]): Promise<Batch[]> {
  const rows = await sql<BatchRow[]>`
    select * from batches where procedure = any(${procedures}) order by asked desc, id limit 100`
  return rows.map(batchOf)
}
export async function unfinishedBatches(sql: Sql): Promise<Batch[]> {
  const rows = await sql<BatchRow[]>`select * from batches
    where begun is null or (lift_id is not null and lifted is null) order by asked`
  return rows.map(batchOf)
}

/** Cases of each state. */
export async function countsOf(sql: Sql, batch: string): Promise<Record<CaseState, number>> {
  const rows = await sql<{ state: CaseState; n: number }[]>`
    select state, count(*)::int as n from batch_cases where batch_id = ${batch} group by state`
  const counts = { waiting: 0, begun: 0, refused: 0, nothing: 0, lifted: 0, over: 0, kept: 0 }
  for (const { state, n } of rows) counts[state] = n
  return counts
}
export async function refusedCases(
  sql: Sql,
  batch: string,
  limit: number,
): Promise<{ number: string; state: CaseState; refusal: Refusal | null }[]> {
  return sql<{ number: string; state: CaseState; refusal: Refusal | null }[]>`
    select c.number, b.state, b.refusal from batch_cases b join cases c using (case_id)
    where b.batch_id = ${batch} and b.state in ('refused', 'nothing', 'kept') order by c.number limit ${limit}`
}

export async function casesIn(sql: Sql, batch: string, state: CaseState, limit: number): Promise<string[]> {
  const rows = await sql<{ caseId: string }[]>`select case_id from batch_cases
    where batch_id = ${batch} and state = ${state} order by case_id limit ${limit}`
  return rows.map(({ caseId }) => caseId)
}
export async function markBatchCase(
  sql: Sql,
  batch: string,
  caseId: string,
  to: { state: CaseState; refusal: Refusal | null },
): Promise<void> {
  const refusal = to.refusal === null ? null : json(sql, to.refusal)
  await sql`update batch_cases set state = ${to.state}, refusal = ${refusal}
    where batch_id = ${batch} and case_id = ${caseId}`
}
/** What had not begun when the batch was lifted never will. */
export async function letGoOfWaiting(sql: Sql, batch: string): Promise<void> {
  await sql`update batch_cases set state = 'nothing' where batch_id = ${batch} and state = 'waiting'`
}
export async function markBegun(sql: Sql, batch: string, at: Date): Promise<void> {
  await sql`update batches set begun = ${at} where id = ${batch} and begun is null`
}

/** Once at a time; asked again after its end, it takes up what could not be lifted. */
export async function addLift(sql: Sql, batch: string, { id, by, asked }: Omit<Lift, 'done'>): Promise<void> {
  await sql.begin(async (tx) => {
    const taken = await tx`update batches set lift_id = ${id}, lift_user = ${by.user},
        lift_holds = ${tx.json(holdsOf(by))}, lift_asked = ${asked}, lifted = null
      where id = ${batch} and lift_id is distinct from ${id} and (lift_id is null or (lifted is not null
        and exists (select 1 from batch_cases where batch_id = ${batch} and state = 'kept')))
      returning id`
    if (taken.length > 0)
      await tx`update batch_cases set state = 'begun', refusal = null where batch_id = ${batch} and state = 'kept'`
  })
}
export async function markLifted(sql: Sql, batch: string, at: Date): Promise<void> {
  await sql`update batches set lifted = ${at} where id = ${batch} and lifted is null`
}
