import type { Term } from '../../procedures/language/compiled.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import type { Instant } from '../time.ts'
import { addDays, addMonths, dayOf, endOf, HOUR_MS } from './civil.ts'
import { closingTime, nthWorkingDay } from './working-days.ts'

/**
 * The instant that lies `terms` after `from`, each term counted from where the one before arrived. Hours are exact;
 * working days end at closing time, other units at 23:59:00. No terms: the end of that very day.
 */
export function shift(from: Instant, terms: readonly Term[], settings: Settings, place: string | null): Instant {
  if (terms.length === 0) return endOf(dayOf(from))
  return terms.reduce((reached, term) => shiftOnce(reached, term, settings, place), from)
}

function shiftOnce(from: Instant, { n, unit }: Term, settings: Settings, place: string | null): Instant {
  const day = dayOf(from)
  switch (unit) {
    case 'hours':
      return from + Math.round(n * HOUR_MS)
    case 'working_days':
      return closingTime(nthWorkingDay(day, n, settings, place), settings.calendar, settings.places, place)
    case 'days':
      return endOf(addDays(day, n))
    case 'weeks':
      return endOf(addDays(day, 7 * n))
    case 'months':
      return endOf(addMonths(day, n))
  }
}
