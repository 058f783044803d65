/** Splits the answers of a form: what the workflow may see, and what is personal and stays sealed in the database. */

import { valueErrors } from '../../cases/answers.ts'
import type { Circumstances } from '../../cases/circumstances.ts'
import type { AnswerValue, Answers } from '../../cases/events.ts'
import { normalNumber } from '../../cases/number.ts'
import type { FieldError } from '../../cases/refusals.ts'
import type { Field } from '../../procedures/language/compiled.ts'
import { telephoneErrors } from './training-telephones.ts'

/** Keeps a personal value aside under a field's name and answers its keyed digest. */
export type Keep = (field: string, value: unknown) => string

export interface Split {
  answers: Answers
  personal: Record<string, string>
  errors: FieldError[]
  /** Users, partners and cases that answers name: whether they exist is not the core's to know. */
  named: Named[]
}
export interface Named {
  type: 'user' | 'partner' | 'case'
  id: string
  pointer: string
  /** Of a case: it must have been opened before this one. */
  older?: boolean
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `{amount, currency}` is how amounts are shown; both that and the bare number are taken. */
const plain = (field: Field, value: unknown): unknown =>
  field.type === 'money' && isRecord(value) && typeof value.amount === 'number'
    ? value.amount
    : field.type === 'case' && typeof value === 'string'
      ? (normalNumber(value) ?? value)
      : value

const namedIn = (field: Field | undefined, value: unknown, pointer: string): Named[] => {
  if (field?.type === 'list' && Array.isArray(value))
    return value.flatMap((row, index) =>
      (field.of ?? []).flatMap((member) =>
        isRecord(row) ? namedIn(member, row[member.id], `${pointer}/${index}/${member.id}`) : [],
      ),
    )
  if (typeof value !== 'string') return []
  if (field?.type === 'user' || field?.type === 'partner') return [{ type: field.type, id: value, pointer }]
  return field?.type === 'case' ? [{ type: 'case', id: value, pointer, older: field.older ?? false }] : []
}

/** The core sees only the digest of a personal answer, so its value is checked here, by the core's own rule. */
const splitRow = (field: Field, index: number, row: unknown, keep: Keep, check: Check): unknown => {
  if (!isRecord(row)) return row
  const kept = (field.of ?? [])
    .filter((member) => member.personal && row[member.id] !== undefined && row[member.id] !== null)
    .map((member) => {
      check(member, row[member.id], `/answers/${field.id}/${index}/${member.id}`)
      return [member.id, keep(`${field.id}.${index}.${member.id}`, row[member.id])] as const
    })
  return { ...row, ...Object.fromEntries(kept) }
}
type Check = (field: Field, value: unknown, pointer: string) => void

/** Null answers count as not given. Unknown fields pass on: the core refuses them with all other errors at once. */
export const splitAnswers = (
  fields: Field[],
  given: Record<string, unknown>,
  keep: Keep,
  { now, telephones }: { now: Circumstances; telephones: string | null },
): Split => {
  const byId = new Map(fields.map((field) => [field.id, field]))
  const split: Split = { answers: {}, personal: {}, errors: [], named: [] }
  const check: Check = (field, value, pointer) => {
    split.errors.push(...valueErrors(field, value as AnswerValue, pointer, now))
  }
  for (const [id, raw] of Object.entries(given)) {
    const field = byId.get(id)
    if (raw === null || raw === undefined) continue
    const value = field === undefined ? raw : plain(field, raw)
    split.named.push(...namedIn(field, value, `/answers/${id}`))
    if (field !== undefined && telephones !== null)
      split.errors.push(...telephoneErrors(field, value, `/answers/${id}`, telephones))
    if (field?.personal === true) {
      check(field, value, `/answers/${id}`)
      split.personal[id] = keep(id, value)
    } else if (field?.type === 'list' && Array.isArray(value))
      split.answers[id] = value.map((row, index) => splitRow(field, index, row, keep, check)) as AnswerValue
    else split.answers[id] = value as AnswerValue
  }
  return split
}
