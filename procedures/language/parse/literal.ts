/** Values written in `set`, `with` and `close`: plain where they can be, CEL otherwise; compiled they are always CEL. */

import type { Condition } from '../compiled.ts'

/** `options`: the ids that a text may name as it stands. */
export function celOf(value: boolean | number | string, options: readonly string[]): Condition {
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return Number.isInteger(value) ? value.toFixed(1) : String(value)
  return options.includes(value) ? `'${value}'` : value
}

export function isLiteral(value: boolean | number | string, options: readonly string[]): boolean {
  return typeof value !== 'string' || options.includes(value)
}
