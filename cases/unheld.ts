/** Work that waits for a role which nobody holds where it waits, or whose every holder is away. */

import type { Holding } from './actions.ts'
import { covers } from './places.ts'
import type { World } from './world.ts'

/** Any of these roles, at this place; no place: anywhere. */
export interface WaitingForRole {
  roles: string[]
  place: string | null
}

/** `present`: what those hold who are here today. */
export function unheld<W extends WaitingForRole>(
  waiting: W[],
  present: Holding[],
  places: World['settings']['places'],
): W[] {
  return waiting.filter(
    ({ roles, place }) => !present.some((held) => roles.includes(held.role) && covers(held.place, place, places)),
  )
}
