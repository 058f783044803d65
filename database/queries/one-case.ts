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
export const refOf = (row: Record<string, unknown>): CaseRef => ({
  caseId: String(row['case_id']),
  number: String(row['number']),
  subject: row['subject'] as CaseRef['subject'],
  status: row['status'] as CaseRef['status'],
  head: { seq: Number(row['head_seq']), hash: String(row['head_hash']) },
  incarnation: Number(row['incarnation']),
  erasedOn: row['erased'] as Date | null,
  places: [row['home'], row['centre']].filter((place) => typeof place === 'string'),
  caseManager: row['case_manager'] as string | null,
})

export async function caseById(sql: Sql, caseId: string): Promise<CaseRef | undefined> {
  const [row] = await sql`select ${refColumns(sql)} from cases c where c.case_id = ${caseId}`
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
  const [row] = await sql`select act, digest, from_seq, to_seq from case_actions
    where action_id = ${action} and case_id = ${caseId}`
  return (
    row && {
      act: String(row['act']),
      digest: String(row['digest']),
      fromSeq: Number(row['from_seq']),
      toSeq: Number(row['to_seq']),
    }
  )
}

/** Whether something personal was kept for an action before, as by a first try that was not answered. */
export async function hasPersonal(sql: Sql, caseId: string, action: string): Promise<boolean> {
  return (
    (await sql`select 1 from personal_answers where case_id = ${caseId} and action_id = ${action} limit 1`).length > 0
  )
}
