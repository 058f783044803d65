/** Work that waits for a role which nobody holds where it waits, or whose every holder is away. */

import type { Holding } from './actions.ts'
import { covers } from './places.ts'
import type { World } from './world.ts'

/** Any of these roles, at this place; no place: anywhere. */
export interface WaitingForRole {
  roles: string[]
  place: string | null
  /** Its owner, and whoever has it by name. */
  people: string[]
}
/** Who is here today, and what they hold. */
export interface Present {
  users: ReadonlySet<string>
  holds: Holding[]
}

export function unheld<W extends WaitingForRole>(
  waiting: W[],
  present: Present,
  places: World['settings']['places'],
): W[] {
  return waiting.filter(
    ({ roles, place, people }) =>
      !people.some((user) => present.users.has(user)) &&
      !present.holds.some((held) => roles.includes(held.role) && covers(held.place, place, places)),
  )
}
