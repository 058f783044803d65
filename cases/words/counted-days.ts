import type { Settings } from '../../procedures/language/settings.ts'
import { dateOf, dayAt, weekdayOn } from '../clocks/civil.ts'
import { isWorkingDay, workingDaysUpTo } from '../clocks/working-days.ts'
import type { CivilDate, Day, Instant } from '../time.ts'
import { dateText, dayText, monthText } from './dates.ts'
import type { Language } from './language.ts'

const NAMED_ONE_BY_ONE = 7

/** The days that a clock counted after `from`, up to and including the day of `until`. */
export function countedDays(
  from: Instant,
  until: Instant,
  unit: 'days' | 'working_days',
  settings: Settings,
  place: string | null,
): CivilDate[] {
  const [first, last] = [dayAt(from), dayAt(until)]
  return (unit === 'working_days' ? workingDaysUpTo(first, last, settings, place) : daysUpTo(first, last)).map(dateOf)
}

/** Days of the working week that were left out because they were off: holidays and closures. */
export function daysLeftOut(from: Instant, until: Instant, settings: Settings, place: string | null): CivilDate[] {
  const { week } = settings.calendar
  return daysUpTo(dayAt(from), dayAt(until))
    .filter((day) => week[weekdayOn(day)] !== undefined && !isWorkingDay(day, settings, place))
    .map(dateOf)
}

const daysUpTo = (first: Day, last: Day): Day[] =>
  Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index + 1)

/** "lundi 16, mardi 17"; more than seven: "du lundi 9 au vendredi 20 novembre". `said`: the date told just before. */
export function daysText(days: readonly CivilDate[], language: Language, said: CivilDate): string {
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return ''
  if (days.length > NAMED_ONE_BY_ONE) return rangeText(first, last, language, said)
  const monthIsClear = days.every((day) => sameMonth(day, said))
  return days
    .map((day, index) => {
      const next = days[index + 1]
      const followed = next !== undefined && sameMonth(day, next)
      return monthIsClear || followed ? dayText(day, language) : dateText(day, language, said)
    })
    .join(', ')
}

/** "du lundi 9 au vendredi 20 novembre", "le lundi 9 novembre". `said`: the date told just before. */
export function rangeText(first: CivilDate, last: CivilDate, language: Language, said: CivilDate): string {
  const to = dateText(last, language, said)
  if (first === last) return language === 'fr' ? `le ${to}` : `on ${to}`
  const month = sameMonth(first, last) ? '' : ` ${monthText(first, language)}`
  const from = `${dayText(first, language)}${month}`
  return language === 'fr' ? `du ${from} au ${to}` : `from ${from} to ${to}`
}

const sameMonth = (a: CivilDate, b: CivilDate): boolean => a.slice(0, 7) === b.slice(0, 7)
