/** What is known of one case outside its ledger: its opaque id, head, and the receipts of actions. */

import type { Sql, Transaction } from '../connect.ts'

export interface CaseRef {
  caseId: string
  number: string
  subject: 'case' | 'arrival'
  status: 'new' | 'open' | 'closed'
  head: { seq: number; hash: string }
  incarnation: number
  /** When its keys were destroyed. */
  erasedOn: Date | null
  /** Home and centre: who holds something there knew the case. */
  places: string[]
  caseManager: string | null
}
/** Of `cases c`. */
export const refColumns = (sql: Sql | Transaction) => sql`c.case_id, c.number, c.subject, c.status, c.head_seq,
  c.head_hash, c.incarnation, c.erased, c.home, c.centre, c.case_manager`
export interface RefRow extends Pick<
  CaseRef,
  'caseId' | 'number' | 'subject' | 'status' | 'incarnation' | 'caseManager'
> {
  headSeq: number
  headHash: string
  erased: Date | null
  home: string | null
  centre: string | null
}
export const refOf = (row: RefRow): CaseRef => ({
  caseId: row.caseId,
  number: row.number,
  subject: row.subject,
  status: row.status,
  head: { seq: row.headSeq, hash: row.headHash },
  incarnation: row.incarnation,
  erasedOn: row.erased,
  places: [row.home, row.centre].filter((place) => place !== null),
  caseManager: row.caseManager,
})

export async function caseById(sql: Sql, caseId: string): Promise<CaseRef | undefined> {
  const [row] = await sql<RefRow[]>`select ${refColumns(sql)} from cases c where c.case_id = ${caseId}`
  return row && refOf(row)
}

export interface Receipt {
  act: string
  digest: string
  fromSeq: number
  toSeq: number
}
/** undefined until the action has been recorded. */
export async function receiptOf(sql: Sql, caseId: string, action: string): Promise<Receipt | undefined> {
  const [row] = await sql<Receipt[]>`select act, digest, from_seq, to_seq from case_actions
    where action_id = ${action} and case_id = ${caseId}`
  return row
}

/** Whether something personal was kept for an action before, as by a first try that was not answered. */
export async function hasPersonal(sql: Sql, caseId: string, action: string): Promise<boolean> {
  return (
    (await sql`select 1 from personal_answers where case_id = ${caseId} and action_id = ${action} limit 1`).length > 0
  )
}
