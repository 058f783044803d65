import type { Settings } from '../procedures/language/settings.ts'

/** Whether a holding at `held` reaches work at `place`: the place itself or anything under it. */
export function covers(held: string, place: string | null, places: Settings['places']): boolean {
  if (place === null) return true
  for (let at: string | null | undefined = place; at; at = places[at]) if (at === held) return true
  return false
}
/** The country: the place that is under no other. */
export function root(places: Settings['places']): string | null {
  return Object.entries(places).find(([, parent]) => parent === null)?.[0] ?? null
}
