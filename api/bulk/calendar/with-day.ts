/** The calendar after a declaration: one more day off, or a feast on another day than the one that was estimated. */

import { addDays } from '../../../cases/clocks/civil.ts'
import type { Calendar } from '../../../procedures/language/settings.ts'

export interface DeclaredDay {
  date: string
  place?: string | undefined
  instead_of?: string | undefined
}

/** Declared again, a day stays one day. A Ramadan that ends on the eve of a feast goes on ending on its eve. */
export const withDay = (calendar: Calendar, { date, place, instead_of: estimated }: DeclaredDay): Calendar => {
  const kept = calendar.daysOff.filter((day) => day.place !== place || (day.date !== date && day.date !== estimated))
  const day = { date, ...(place === undefined ? {} : { place }) }
  const eveOf = (feast: string): string => addDays(feast, -1)
  const ramadan = calendar.ramadan.map((month) =>
    estimated !== undefined && month.to === eveOf(estimated) ? { ...month, to: eveOf(date) } : month,
  )
  return { ...calendar, daysOff: [...kept, day], ramadan }
}
