/** Who arrives when and where: charters in an evening, and people on any day. */

import type { Instant } from '../cases/time.ts'
import type { Assumptions } from './assumptions.ts'
import { Dice } from './dice.ts'
import { weighed } from './weighed.ts'

export interface Arrival {
  at: Instant
  place: string
}
const DAY = 86_400_000
const HOUR = 3_600_000

export interface Span {
  from: Instant
  months: number
}
/** The first instant after the simulated months. */
export function endOf({ from, months }: Span): Instant {
  const date = new Date(from)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate())
}

/** `returns` people in all, in the order in which they come. The same seed brings the same people. */
export function arrivals(assumed: Assumptions, span: Span, returns: number, seed: number): Arrival[] {
  const dice = new Dice(seed)
  const { charters } = assumed
  const days = (endOf(span) - span.from) / DAY
  const hour = (least: number, most: number): Instant =>
    Math.floor(span.from + dice.upTo(days) * DAY + (least + dice.next() * (most - least)) * HOUR)
  const all: Arrival[] = []
  while (all.length + charters.most <= returns * charters.share) {
    const at = hour(...charters.hours)
    const seats = dice.between(charters.least, charters.most)
    for (let seat = 0; seat < seats; seat += 1) all.push({ at, place: charters.at })
  }
  while (all.length < returns) all.push({ at: hour(7, 18), place: weighed(dice, assumed.arrives_at) })
  return all.toSorted((a, b) => a.at - b.at)
}
