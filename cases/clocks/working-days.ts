import type { Calendar, Settings, WorkingHours } from '../../procedures/language/settings.ts'
import type { Day, Instant } from '../time.ts'
import { endOfDay, MINUTE_MS, startOfDay, weekdayOn } from './civil.ts'
import { declaredDays } from './declared-days.ts'

type Places = Settings['places']
type Counted = Pick<Settings, 'calendar' | 'places'>

/** More days off in a row than any calendar means: its week has no hours, and counting would never end. */
const LONGEST_CLOSURE_DAYS = 366

export class CalendarWithoutWorkingDays extends Error {
  readonly code = 'calendar_without_working_days'
}

/** The hours of a day at a place (null: the country); null when the day is off there. */
export function hoursOn(day: Day, { calendar, places }: Counted, place: string | null): WorkingHours | null {
  const hours = weekOn(day, calendar)[weekdayOn(day)]
  const off = hours && declaredDays(calendar).off.get(day)
  return hours === undefined || off?.some((closed) => reaches(closed, place, places)) ? null : hours
}

function weekOn(day: Day, calendar: Calendar): Calendar['week'] {
  const ramadan = declaredDays(calendar).ramadan.some(({ from, to }) => from <= day && day <= to)
  return ramadan ? calendar.ramadanWeek : calendar.week
}

export const isWorkingDay = (day: Day, counted: Counted, place: string | null): boolean =>
  hoursOn(day, counted, place) !== null

/** When work ends on that day; 23:59:00 on a day off. */
export function closingTime(day: Day, counted: Counted, place: string | null): Instant {
  const hours = hoursOn(day, counted, place)
  return hours === null ? endOfDay(day) : startOfDay(day) + hours.closes * MINUTE_MS
}

/** When work begins on that day; midnight on a day off. */
export function openingTime(day: Day, counted: Counted, place: string | null): Instant {
  return startOfDay(day) + (hoursOn(day, counted, place)?.opens ?? 0) * MINUTE_MS
}

/** The n-th working day after a day (before it, when negative); the day itself when n is 0. */
export function nthWorkingDay(from: Day, n: number, counted: Counted, place: string | null): Day {
  const direction = Math.sign(n)
  let day = from
  let idle = 0
  for (let left = Math.abs(n); left > 0;) {
    day += direction
    const counts = isWorkingDay(day, counted, place)
    if (counts) left -= 1
    idle = counts ? 0 : idle + 1
    if (idle > LONGEST_CLOSURE_DAYS) throw new CalendarWithoutWorkingDays()
  }
  return day
}

/** The working days after `from`, up to and including `to`. */
export function workingDaysUpTo(from: Day, to: Day, counted: Counted, place: string | null): Day[] {
  const days: Day[] = []
  for (let day = from + 1; day <= to; day += 1) if (isWorkingDay(day, counted, place)) days.push(day)
  return days
}

/** A closure reaches a place when it is for the whole country, for that place, or for one above it. */
function reaches(closed: string | undefined, place: string | null, places: Places): boolean {
  if (closed === undefined || places[closed] === null) return true
  for (let above: string | null | undefined = place; above; above = places[above]) {
    if (above === closed) return true
  }
  return false
}
