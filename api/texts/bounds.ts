/** What a form says of the values that a field takes. */

import { boundsOf, daysOf } from '../../cases/bounds.ts'
import type { Circumstances } from '../../cases/circumstances.ts'
import type { Field } from '../../procedures/language/compiled.ts'

export interface ShownBounds {
  max_length?: number
  least?: number
  most?: number
  at_least?: string
  at_most?: string
}

/** The days are those of whoever acts now: an act that says when it happened may tell of earlier ones. */
export function shownBounds(field: Field, now: Circumstances): ShownBounds {
  const { least, most } = boundsOf(field)
  const { earliest, latest } = daysOf(field, now)
  if (field.type === 'text') return most === undefined ? {} : { max_length: most }
  return {
    ...(least !== undefined && { least }),
    ...(most !== undefined && { most }),
    ...(earliest !== undefined && { at_least: earliest }),
    ...(latest !== undefined && { at_most: latest }),
  }
}
