import type { Settings } from '../../procedures/language/settings.ts'
import { dayAt } from '../clocks/civil.ts'
import { isWorkingDay, nthWorkingDay, openingTime } from '../clocks/working-days.ts'
import type { Mark } from '../events.ts'
import type { Instant } from '../time.ts'

export interface Reminded {
  engine: number
  now: Instant
  /** The moment that it reminds of. */
  target: Instant
  settings: Settings
  place: string | null
}

/**
 * Since engine 2 a reminder of a day reaches people in the morning of that day, or of the next working day; engine 1 sent
 * it as they were leaving. Reminders in hours are exact, and none comes too late or after the morning has gone.
 */
export function inTheMorning<M extends Mark>(mark: M, { engine, now, target, settings, place }: Reminded): M {
  if (engine < 2 || mark.kind !== 'reminder' || mark.plan.terms.some(({ unit }) => unit === 'hours')) return mark
  const day = dayAt(mark.at)
  const working = isWorkingDay(day, settings, place) ? day : nthWorkingDay(day, 1, settings, place)
  const at = openingTime(working, settings, place)
  return at > now && at < target ? { ...mark, at } : mark
}
