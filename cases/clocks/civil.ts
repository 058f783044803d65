import type { CivilDate, Day, Instant } from '../time.ts'

/** 1 = Monday … 7 = Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

export const HOUR_MS = 3_600_000
export const MINUTE_MS = 60_000
const DAY_MS = 24 * HOUR_MS
const MONDAY_TO_SUNDAY: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7]

/** The day on which an instant falls. */
export const dayAt = (instant: Instant): Day => Math.floor(instant / DAY_MS)
export const dayNamed = (date: CivilDate): Day => startOf(date) / DAY_MS
export const dateOf = (day: Day): CivilDate => dayOf(startOfDay(day))

/** The civil day on which an instant falls. */
export const dayOf = (instant: Instant): CivilDate => new Date(instant).toISOString().slice(0, 10)

export const startOfDay = (day: Day): Instant => day * DAY_MS

/** 23:59:00: the last minute people speak of, and unmistakably the same day. */
export const endOfDay = (day: Day): Instant => startOfDay(day) + DAY_MS - MINUTE_MS

export const startOf = (date: CivilDate): Instant => Date.parse(`${date}T00:00:00Z`)
export const endOf = (date: CivilDate): Instant => endOfDay(dayNamed(date))

/** The last day that a date can mean, when only its month or year is known: what is uncertain has not come yet. */
export function lastDayOf(date: string): CivilDate {
  if (date.length > 7) return date
  const first = date.length > 4 ? `${date}-01` : `${date}-12-01`
  return addDays(addMonths(first, 1), -1)
}

export const addDays = (date: CivilDate, days: number): CivilDate => dateOf(dayNamed(date) + days)

/** Same day of the month, or the last one where the month is shorter: 31 January + 1 month = 28 or 29 February. */
export function monthsAfter(day: Day, months: number): Day {
  const start = new Date(startOfDay(day))
  const first = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, 1)
  const last = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months + 1, 0)
  return Math.min(dayAt(first) + start.getUTCDate() - 1, dayAt(last))
}
export const addMonths = (date: CivilDate, months: number): CivilDate => dateOf(monthsAfter(dayNamed(date), months))

/** Whole civil days from one date to another; negative when `to` is earlier. */
export const daysBetween = (from: CivilDate, to: CivilDate): number => dayNamed(to) - dayNamed(from)

/** 1 January 1970 was a Thursday. */
export const weekdayOn = (day: Day): Weekday => MONDAY_TO_SUNDAY[(((day + 3) % 7) + 7) % 7] ?? 7
export const weekdayOf = (date: CivilDate): Weekday => weekdayOn(dayNamed(date))
