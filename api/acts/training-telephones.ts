/** A training installation takes fictitious telephone numbers only: people practise with what they have in mind. */

import type { FieldError } from '../../cases/refusals.ts'
import type { Field } from '../../procedures/language/compiled.ts'
import type { Deps } from '../context/deps.ts'

/** How numbers must look here, `+223 70 00 xx xx`; null where real ones are taken. */
export const telephonesHere = ({ installation, country }: Pick<Deps, 'installation' | 'country'>): string | null =>
  installation.kind === 'training' ? (country.trainingTelephones?.like ?? null) : null

/** With or without the code of the country, whatever stands between the figures. */
export function isLike(value: string, like: string): boolean {
  const [code = '', ...national] = like.replace('+', '').split(' ')
  const pattern = `^(?:(?:00)?${code})?${national.join('').replaceAll('x', '[0-9]')}$`
  return /^[+\d\s().-]*$/.test(value) && new RegExp(pattern).test(value.replaceAll(/\D/g, ''))
}

/** Numbers of telephones among words, as in how to reach somebody. */
const NUMBERS = /\+?\d(?:[\s().-]*\d){5,}/g

const isRow = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Also in the rows of a list. */
export function telephoneErrors(field: Field, value: unknown, pointer: string, like: string): FieldError[] {
  if (field.telephone === true && typeof value === 'string') {
    const real = value.match(NUMBERS)?.some((number) => !isLike(number, like)) ?? false
    return real ? [{ pointer, code: 'not_fictitious', expected: [like] }] : []
  }
  if (field.type !== 'list' || !Array.isArray(value)) return []
  return value.flatMap((row, index) =>
    (field.of ?? []).flatMap((member) =>
      isRow(row) ? telephoneErrors(member, row[member.id], `${pointer}/${index}/${member.id}`, like) : [],
    ),
  )
}

/** What is refused in a form, whether it is sent or only kept. */
export const telephoneErrorsIn = (fields: Field[], answers: Record<string, unknown>, like: string): FieldError[] =>
  fields.flatMap((field) => telephoneErrors(field, answers[field.id], `/answers/${field.id}`, like))

/** A draft without the answers that were refused for it: a number of somebody is kept nowhere. */
export function withoutTelephones<T extends Record<string, unknown>>(answers: T, errors: FieldError[]): Partial<T> {
  const refused = errors.filter(({ code }) => code === 'not_fictitious').map(({ pointer }) => pointer.split('/')[2])
  return Object.fromEntries(Object.entries(answers).filter(([id]) => !refused.includes(id))) as Partial<T>
}
