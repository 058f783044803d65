import type { Settings } from '../procedures/language/settings.ts'

/** Whether a holding at `held` reaches work at `place`: the place itself or anything under it. */
export function covers(held: string, place: string | null, places: Settings['places']): boolean {
  if (place === null) return true
  for (let at: string | null | undefined = place; at; at = places[at]) if (at === held) return true
  return false
}
/** A place and all above it, nearest first: a holding at any of them reaches the place. */
export function upFrom(place: string | null, places: Settings['places']): string[] {
  const line: string[] = []
  for (let at: string | null | undefined = place; at; at = places[at]) line.push(at)
  return line
}
/** The country: the place that is under no other. */
export function root(places: Settings['places']): string | null {
  for (const place in places) if (places[place] === null) return place
  return null
}
