import type { CivilDate, Instant } from '../time.ts'

/** 1 = Monday … 7 = Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

export const HOUR_MS = 3_600_000
export const MINUTE_MS = 60_000
const DAY_MS = 24 * HOUR_MS
const MONDAY_TO_SUNDAY: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7]

/** The civil day on which an instant falls. */
export const dayOf = (instant: Instant): CivilDate => new Date(instant).toISOString().slice(0, 10)

/** The first instant of a civil day. */
export const startOf = (date: CivilDate): Instant => Date.parse(`${date}T00:00:00Z`)

/** 23:59:00 of a civil day: the last minute people speak of, and unmistakably the same day. */
export const endOf = (date: CivilDate): Instant => startOf(date) + DAY_MS - MINUTE_MS

/** The last day that a date can mean, when only its month or year is known: what is uncertain has not come yet. */
export function lastDayOf(date: string): CivilDate {
  if (date.length > 7) return date
  const first = date.length > 4 ? `${date}-01` : `${date}-12-01`
  return addDays(addMonths(first, 1), -1)
}

export const addDays = (date: CivilDate, days: number): CivilDate => dayOf(startOf(date) + days * DAY_MS)

/** Same day of the month, or the last one where the month is shorter: 31 January + 1 month = 28 or 29 February. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const start = new Date(startOf(date))
  const first = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, 1)
  const last = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months + 1, 0)
  return dayOf(Math.min(first + (start.getUTCDate() - 1) * DAY_MS, last))
}

/** Whole civil days from one date to another; negative when `to` is earlier. */
export const daysBetween = (from: CivilDate, to: CivilDate): number => (startOf(to) - startOf(from)) / DAY_MS

export function weekdayOf(date: CivilDate): Weekday {
  const sundayIsZero = new Date(startOf(date)).getUTCDay()
  return MONDAY_TO_SUNDAY[(sundayIsZero + 6) % 7] ?? 7
}
