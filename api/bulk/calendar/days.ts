/** The calendar as people read it: hours, and every day off with its title. */

import type { z } from '@hono/zod-openapi'
import { reasonsOf } from '../../../database/queries/declared.ts'
import type { Calendar } from '../../../procedures/language/settings.ts'
import type { Deps, Language } from '../../context/deps.ts'
import type { CalendarAnswer, DeclareDay } from './schema.ts'
import { addDays } from '../../../cases/clocks/civil.ts'

type Declared = z.infer<typeof DeclareDay>

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const hoursOf = (week: Calendar['week']) =>
  Object.fromEntries(
    Object.entries(week).map(([day, { opens, closes }]) => [day, { opens: clock(opens), closes: clock(closes) }]),
  )

/** The reason of a declaration ends in the declared day itself, as JSON. */
const declaredDays = async (deps: Deps): Promise<Declared[]> =>
  (await reasonsOf(deps.sql, 'day_off:')).map(({ reason }): Declared =>
    JSON.parse(reason.split(':').slice(2).join(':')),
  )

export const calendarFor = async (deps: Deps, language: Language): Promise<z.infer<typeof CalendarAnswer>> => {
  const { settings, now } = await deps.present()
  const { calendar } = settings
  const published = deps.country.calendar.days_off
  const declared = await declaredDays(deps)
  const days = calendar.daysOff
    .toSorted((a, b) => (a.date < b.date ? -1 : 1))
    .map(({ date, place }) => {
      const same = (day: { date: string; place?: string | undefined }) => day.date === date && day.place === place
      const later = declared.findLast(same)
      // What a communiqué says is more than what the file estimated.
      const known = later ?? published.find(same)
      const title = known?.title
      const label = place === undefined ? null : (deps.country.places[place]?.title[language] ?? place)
      return {
        date,
        title: title?.[language] ?? null,
        place: place === undefined || label === null ? null : { id: place, label },
        provisional: known?.declared_by === 'estimate',
        reason: later?.reason ?? null,
      }
    })
  return {
    version: settings.version,
    business_date: new Date(now).toISOString().slice(0, 10),
    week: hoursOf(calendar.week),
    ramadan: calendar.ramadan,
    ramadan_week: hoursOf(calendar.ramadanWeek),
    days_off: days,
  }
}

/** Whether that day is off there, and only by an estimate. */
export const isProvisional = async (deps: Deps, date: string, place: string | undefined): Promise<boolean> => {
  const { days_off: days } = await calendarFor(deps, 'fr')
  return days.some((day) => day.date === date && day.place?.id === place && day.provisional)
}

export interface DeclaredDay {
  date: string
  place?: string | undefined
  instead_of?: string | undefined
}

/**
 * The calendar after a declaration: one more day off, or a feast on another day than the estimate. Declared again, a day stays one day. A Ramadan that ends on the eve of a feast goes on ending on
 * its eve.
 */
export const withDay = (calendar: Calendar, { date, place, instead_of: estimated }: DeclaredDay): Calendar => {
  const kept = calendar.daysOff.filter((day) => day.place !== place || (day.date !== date && day.date !== estimated))
  const day = { date, ...(place === undefined ? {} : { place }) }
  const eveOf = (feast: string): string => addDays(feast, -1)
  const ramadan = calendar.ramadan.map((month) =>
    estimated !== undefined && month.to === eveOf(estimated) ? { ...month, to: eveOf(date) } : month,
  )
  return { ...calendar, daysOff: [...kept, day], ramadan }
}
