import { covers } from '../../cases/places.ts'
import type { Viewer } from '../../database/as-viewer.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import type { Session } from '../context/session.ts'

/** The place and everything under it. */
export const under = (place: string, settings: Settings): string[] =>
  Object.keys(settings.places).filter((one) => covers(place, one, settings.places))

/** What a session may see in lists, spelled out for SQL. */
export function viewerOf({ user, holds, settings }: Session): Viewer {
  const reach = holds.map(({ role, place }) => ({ role, places: under(place, settings) }))
  return {
    user,
    pairs: reach.flatMap(({ role, places }) => places.map((place) => `${role}@${place}`)),
    places: [...new Set(reach.flatMap(({ places }) => places))],
  }
}
