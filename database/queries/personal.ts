/** Personal answers: kept under the action that gives them, before it is sent, and never overwritten. */

import { createHmac } from 'node:crypto'
import { canonicalJson } from '../../cases/canonical.ts'
import type { AnswerValue } from '../../cases/events.ts'
import { keyOf, openKey } from '../case-keys.ts'
import type { Sql, Transaction } from '../connect.ts'
import { type KeyRing, open, seal, Unreadable } from '../keys.ts'
import type { Reading } from './reads.ts'

export interface PersonalAddress {
  caseId: string
  actionId: string
  /** The item, or '' when the answer belongs to the case itself. */
  item: string
  compartment: string
}
const bound = (at: PersonalAddress, field: string): string[] => [
  'answer',
  at.caseId,
  at.actionId,
  at.item,
  field,
  at.compartment,
]

/** Keyed with the case's commitment key, so that a telephone number cannot be guessed from its digest. */
export const digestOf = (commitmentKey: string, value: unknown): string =>
  createHmac('sha256', Buffer.from(commitmentKey, 'hex')).update(canonicalJson(value)).digest('hex').slice(0, 32)

/** What is given again is noted as given now: its act is on its way once more. */
export async function keepPersonal(
  sql: Sql,
  ring: KeyRing,
  at: PersonalAddress,
  values: Record<string, unknown>,
): Promise<void> {
  const fields = Object.keys(values)
  if (fields.length === 0) return
  const key = await keyOf(sql, ring, at.caseId, at.compartment)
  if (!key) throw new Unreadable()
  const rows = fields.map((field) => ({
    caseId: at.caseId,
    actionId: at.actionId,
    item: at.item,
    field,
    compartment: at.compartment,
    sealed: seal(key, JSON.stringify(values[field]), bound(at, field)),
  }))
  await sql`insert into personal_answers ${sql(rows)}
    on conflict (case_id, action_id, item, field) do update set given = now()`
}

interface SealedAnswer extends Omit<PersonalAddress, 'caseId'> {
  field: string
  sealed: Buffer
  wrapped: Buffer
}
export interface PersonalAnswer {
  actionId: string
  item: string
  field: string
  value: AnswerValue
}
/** For a person who is on record as reading it; joined with the ledger by action, so an orphan is never shown. */
export async function readPersonal(
  sql: Sql,
  ring: KeyRing,
  caseId: string,
  reading: Reading,
): Promise<PersonalAnswer[]> {
  const [answers] = await Promise.all([openPersonal(sql, ring, caseId), reading.kept])
  return answers
}

/** All that can still be opened. What it opens is shown to nobody. */
export async function openPersonal(sql: Sql | Transaction, ring: KeyRing, caseId: string): Promise<PersonalAnswer[]> {
  const rows = await sql<SealedAnswer[]>`select a.action_id, a.item, a.field, a.compartment, a.sealed, k.wrapped
    from personal_answers a join case_keys k on k.case_id = a.case_id and k.compartment = a.compartment
    where a.case_id = ${caseId} and k.wrapped is not null`
  const keys = new Map<string, Uint8Array>()
  return rows.map(({ actionId, item, field, compartment, sealed, wrapped }): PersonalAnswer => {
    const key = keys.get(compartment) ?? openKey(ring, caseId, compartment, wrapped)
    keys.set(compartment, key)
    const at = { caseId, actionId, item, compartment }
    return { ...at, field, value: answerIn(open(key, sealed, bound(at, field))) }
  })
}

/** What the seal has kept is what was written, so only its frame is looked at. */
function answerIn(text: string): AnswerValue {
  const value: unknown = JSON.parse(text)
  if (!isAnswer(value)) throw new Unreadable()
  return value
}
const isAnswer = (value: unknown): value is AnswerValue =>
  value === null || ['string', 'number', 'boolean', 'object'].includes(typeof value)
