import type { Term, Unit } from '../../procedures/language/compiled.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import type { Day, Instant } from '../time.ts'
import { dayAt, HOUR_MS } from './civil.ts'
import { workingDaysUpTo } from './working-days.ts'

/** The units in which what is left of a clock can be told without loss. */
export type MeasuredUnit = Extract<Unit, 'hours' | 'days' | 'working_days'>

/**
 * What is left from `now` until `at`, negative once it is past. Whenever `at` was placed by terms of the same unit and
 * is not past, placing the answer from `now` gives `at` again: a hold can keep it and nothing is lost or won.
 */
export function remaining(
  now: Instant,
  at: Instant,
  unit: MeasuredUnit,
  settings: Settings,
  place: string | null,
): Term {
  switch (unit) {
    case 'hours':
      return { n: (at - now) / HOUR_MS, unit }
    case 'days':
      return { n: dayAt(at) - dayAt(now), unit }
    case 'working_days':
      return { n: workingDaysBetween(dayAt(now), dayAt(at), settings, place), unit }
  }
}

/** Hours as soon as one term is in hours; else the unit that placed the last day. Weeks and months count as days. */
export function finestUnit(terms: readonly Term[]): MeasuredUnit {
  if (terms.some(({ unit }) => unit === 'hours')) return 'hours'
  return terms.at(-1)?.unit === 'working_days' ? 'working_days' : 'days'
}

function workingDaysBetween(from: Day, to: Day, settings: Settings, place: string | null): number {
  return from <= to
    ? workingDaysUpTo(from, to, settings, place).length
    : 0 - workingDaysUpTo(to, from, settings, place).length
}
