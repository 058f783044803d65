import type { Calendar, Settings, WorkingHours } from '../../procedures/language/settings.ts'
import type { CivilDate, Instant } from '../time.ts'
import { addDays, endOf, MINUTE_MS, startOf, weekdayOf } from './civil.ts'

type Places = Settings['places']

/** More days off in a row than any calendar means: its week has no hours, and counting would never end. */
const LONGEST_CLOSURE_DAYS = 366

export class CalendarWithoutWorkingDays extends Error {
  readonly code = 'calendar_without_working_days'
}

/** The hours of a day at a place (null: the country); null when the day is off there. */
export function hoursOf(
  date: CivilDate,
  calendar: Calendar,
  places: Places,
  place: string | null,
): WorkingHours | null {
  const ramadan = calendar.ramadan.some(({ from, to }) => from <= date && date <= to)
  const hours = (ramadan ? calendar.ramadanWeek : calendar.week)[weekdayOf(date)]
  return hours === undefined || isDeclaredOff(date, calendar, places, place) ? null : hours
}

export const isWorkingDay = (date: CivilDate, calendar: Calendar, places: Places, place: string | null): boolean =>
  hoursOf(date, calendar, places, place) !== null

/** When work ends on that day; 23:59:00 on a day off. */
export function closingTime(date: CivilDate, calendar: Calendar, places: Places, place: string | null): Instant {
  const hours = hoursOf(date, calendar, places, place)
  return hours === null ? endOf(date) : startOf(date) + hours.closes * MINUTE_MS
}

/** When work begins on that day; midnight on a day off. */
export function openingTime(date: CivilDate, calendar: Calendar, places: Places, place: string | null): Instant {
  return startOf(date) + (hoursOf(date, calendar, places, place)?.opens ?? 0) * MINUTE_MS
}

/** The n-th working day after a date (before it, when negative); the date itself when n is 0. */
export function nthWorkingDay(date: CivilDate, n: number, settings: Settings, place: string | null): CivilDate {
  const direction = Math.sign(n)
  let day = date
  let idle = 0
  for (let left = Math.abs(n); left > 0;) {
    day = addDays(day, direction)
    const counts = isWorkingDay(day, settings.calendar, settings.places, place)
    if (counts) left -= 1
    idle = counts ? 0 : idle + 1
    if (idle > LONGEST_CLOSURE_DAYS) throw new CalendarWithoutWorkingDays()
  }
  return day
}

/** The working days after `from`, up to and including `to`. */
export function workingDaysUpTo(from: CivilDate, to: CivilDate, settings: Settings, place: string | null): CivilDate[] {
  const days: CivilDate[] = []
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (isWorkingDay(day, settings.calendar, settings.places, place)) days.push(day)
  }
  return days
}

function isDeclaredOff(date: CivilDate, calendar: Calendar, places: Places, place: string | null): boolean {
  return calendar.daysOff.some((off) => off.date === date && reaches(off.place, place, places))
}

/** A closure reaches a place when it is for the whole country, for that place, or for one above it. */
function reaches(closed: string | undefined, place: string | null, places: Places): boolean {
  if (closed === undefined || places[closed] === null) return true
  for (let above: string | null | undefined = place; above; above = places[above]) {
    if (above === closed) return true
  }
  return false
}
