import type { Term } from '../../procedures/language/compiled.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import type { Instant } from '../time.ts'
import { dayAt, endOfDay, HOUR_MS, monthsAfter } from './civil.ts'
import { closingTime, nthWorkingDay } from './working-days.ts'

/**
 * The instant that lies `terms` after `from`, each term counted from where the one before arrived. Hours are exact;
 * working days end at closing time, other units at 23:59:00. No terms: the end of that very day.
 */
export function shift(from: Instant, terms: readonly Term[], settings: Settings, place: string | null): Instant {
  let reached = from
  for (const term of terms) reached = shiftOnce(reached, term, settings, place)
  return terms.length === 0 ? endOfDay(dayAt(from)) : reached
}

function shiftOnce(from: Instant, { n, unit }: Term, settings: Settings, place: string | null): Instant {
  const day = dayAt(from)
  switch (unit) {
    case 'hours':
      return from + Math.round(n * HOUR_MS)
    case 'working_days':
      return closingTime(nthWorkingDay(day, n, settings, place), settings, place)
    case 'days':
      return endOfDay(day + n)
    case 'weeks':
      return endOfDay(day + 7 * n)
    case 'months':
      return endOfDay(monthsAfter(day, n))
  }
}
