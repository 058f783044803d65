/** The bounds of a field: the value of a number, the length of a text, the entries of a list, where a date lies. */

import type { Field } from '../procedures/language/compiled.ts'
import type { Circumstances } from './circumstances.ts'
import type { FieldError } from './refusals.ts'
import type { CivilDate } from './time.ts'

/** Characters of a text whose procedure says nothing else. */
export const LONGEST_TEXT = 2000
/** Rows of a list whose procedure says nothing else. */
export const LONGEST_LIST = 200

export interface Bounds {
  least?: number
  most?: number
}

export function boundsOf({ type, min, max }: Field): Bounds {
  const least = type === 'money' ? Math.max(0, min ?? 0) : min
  const most = type === 'text' ? (max ?? LONGEST_TEXT) : type === 'list' ? (max ?? LONGEST_LIST) : max
  return { ...(least !== undefined && { least }), ...(most !== undefined && { most }) }
}

/** `size` is a value, a number of characters or a number of entries, as the field's type has it. */
export function boundErrors(field: Field, size: number, pointer: string): FieldError[] {
  const { least, most } = boundsOf(field)
  if (least !== undefined && size < least) return [{ pointer, code: few(field) ? 'too_few' : 'too_small', least }]
  if (most === undefined || size <= most) return []
  if (field.type === 'text') return [{ pointer, code: 'too_long', most }]
  return [{ pointer, code: few(field) ? 'too_many' : 'too_large', most }]
}

/** Days that a date may take: what lies behind us ends today, what lies ahead begins when it was told. */
export function daysOf(
  { lies }: Field,
  { today, happened }: Circumstances,
): { earliest?: CivilDate; latest?: CivilDate } {
  if (lies === undefined) return {}
  return lies === 'behind' ? { latest: today } : { earliest: happened }
}

/** A year or a month alone lies wherever one of its days does. */
export function dayErrors(field: Field, value: string, pointer: string, now: Circumstances): FieldError[] {
  const { earliest, latest } = daysOf(field, now)
  if (latest !== undefined && value > latest.slice(0, value.length)) return [{ pointer, code: 'lies_ahead', latest }]
  if (earliest !== undefined && value < earliest.slice(0, value.length))
    return [{ pointer, code: 'lies_behind', earliest }]
  return []
}

const few = ({ type }: Field): boolean => type === 'list' || type === 'codes'
