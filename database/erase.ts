/** Erasure of a person: the keys of their case are destroyed. The chain of the ledger stands, what it sealed is gone. */

import type { Sql } from './connect.ts'

export interface ErasableCase {
  caseId: string
  number: string
  status: 'new' | 'open' | 'closed'
  erased: Date | null
}

/** The case and those that were merged into it: they are the same person. Empty when there is no such case. */
export async function casesOfPerson(sql: Sql, number: string): Promise<ErasableCase[]> {
  return sql<ErasableCase[]>`select case_id, number, status, erased from cases
    where subject = 'case' and (number = ${number} or merged_into = ${number}) order by number = ${number} desc, number`
}

export interface Removed {
  /** Keys that were destroyed now; 0 when they had been before. */
  keys: number
  /** Rows about the person, documents and drafts among them. */
  rows: number
}

/** Can be done again. The ledger, receipts of acts, read traces and counts stay: they hold ids and codes only. */
export async function eraseCase(sql: Sql, caseId: string, at: Date): Promise<Removed> {
  return sql.begin(async (tx) => {
    await tx`select 1 from cases where case_id = ${caseId} for update`
    const keys = await tx`update case_keys set wrapped = null, destroyed = ${at}
      where case_id = ${caseId} and wrapped is not null`
    const removed = await Promise.all([
      tx`delete from people where case_id = ${caseId}`,
      tx`delete from person_marks where case_id = ${caseId}`,
      tx`delete from drafts where case_id = ${caseId}`,
      tx`delete from documents where case_id = ${caseId}`,
      tx`delete from partner_links where case_id = ${caseId}`,
      tx`delete from runs where case_id = ${caseId} and visible_to is not null`,
    ])
    await tx`update cases set erased = coalesce(erased, ${at}) where case_id = ${caseId}`
    return { keys: keys.count, rows: removed.reduce((sum, { count }) => sum + count, 0) }
  })
}
