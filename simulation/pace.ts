/** When people get to what waits for them. */

import type { ClockStart } from '../cases/events.ts'
import type { Instant } from '../cases/time.ts'
import type { Assumptions } from './assumptions.ts'
import type { Dice } from './dice.ts'

const DAY = 86_400_000
const HOUR = 3_600_000

/** null: nobody will, and time decides; only where a step lapses by itself. */
export function actsAt(dice: Dice, { pace }: Assumptions, opened: Instant, clocks: ClockStart[]): Instant | null {
  if (clocks.some(({ kind }) => kind === 'lapses') && dice.happens(pace.silent)) return null
  const clock = clocks.find(({ kind }) => kind === 'due') ?? clocks.find(({ kind }) => kind === 'lapses')
  const due = clock?.marks.find(({ kind }) => kind === 'target')?.at
  if (due === undefined || due <= opened) return inHours(opened + dice.wait(pace.unclocked_days * DAY))
  const spread = 0.1 + 0.85 * dice.next()
  const day = clock?.unit === 'hours' ? (at: Instant) => at : inHours
  if (dice.happens(pace.in_time)) return Math.floor(Math.min(day(opened + spread * (due - opened)), due))
  const late = dice.happens(pace.forgotten / (1 - pace.in_time)) ? pace.forgotten_days : pace.late_days
  return Math.ceil(day(due + dice.wait(late * DAY)))
}

/** Offices work from eight to four, Monday to Friday; Mali keeps the time of Greenwich. */
export function inHours(at: Instant): Instant {
  const day = Math.floor(at / DAY) * DAY
  const hour = (at - day) / HOUR
  const open = day + (8 + (hour / 24) * 8) * HOUR
  const weekday = new Date(day).getUTCDay()
  const ahead = weekday === 6 ? 2 : weekday === 0 ? 1 : 0
  return Math.max(Math.floor(open + ahead * DAY), Math.ceil(at))
}
