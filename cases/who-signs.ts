/** Who must sign before somebody is given a role that opens restricted work: one who has it, never rank. */

import type { Holding } from './actions.ts'
import { covers } from './places.ts'
import type { Settings } from '../procedures/language/settings.ts'

export interface Held extends Holding {
  user: string
}
export interface Wanted extends Holding {
  /** Who is to hold it. */
  user: string
  /** Who asked for it. */
  by: string
}
/** The roles of each restricted procedure, in every version that was published. */
export type Circles = string[][]

export const isRestricted = (role: string, circles: Circles): boolean => circles.some((one) => one.includes(role))

/** Roles that every procedure behind this role opens to as well: their holders know already all that it would show. */
export const besides = (role: string, circles: Circles): string[] => {
  const behind = circles.filter((one) => one.includes(role))
  const [first = []] = behind
  return first.filter((other) => other !== role && behind.every((one) => one.includes(other)))
}

/**
 * Holders of the role itself, there or above; where none is left, holders of a role beside it. Neither who asked nor who
 * is to have it. An absence opens nothing: whoever is away holds their role.
 */
export function signersOf(wanted: Wanted, held: Held[], circles: Circles, places: Settings['places']): Held[] {
  const others = held.filter(
    (one) => one.user !== wanted.user && one.user !== wanted.by && covers(one.place, wanted.place, places),
  )
  const own = others.filter((one) => one.role === wanted.role)
  if (own.length > 0) return own
  const beside = besides(wanted.role, circles)
  return others.filter((one) => beside.includes(one.role))
}
