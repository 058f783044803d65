import type { Calendar, FactRule, Settings, WorkingHours } from './settings.ts'
import type { Country } from './country.ts'
import { gatesOf } from './parse/gates.ts'
import { beginsClause } from './shapes/begins.ts'

/** What a case needs to know of its country besides procedures. `offsetMs`: business time minus real time. */
export function compileSettings(
  country: Country,
  { version, offsetMs }: { version: number; offsetMs: number },
): Settings {
  return {
    version,
    offsetMs,
    calendar: calendarOf(country),
    places: Object.fromEntries(Object.entries(country.places).map(([id, place]) => [id, place.under ?? null])),
    facts: factsOf(country),
    rates: ratesOf(country),
    purposes: Object.fromEntries(
      Object.entries(country.purposes).map(([id, purpose]) => [id, { eachRun: purpose.each_run ?? false }]),
    ),
    consentGates: gatesOf(country, country.consentRequires),
    watchers: watchersOf(country),
    whatNext: country.whatNext,
    suspension: country.suspension,
  }
}

function calendarOf({ calendar }: Country): Calendar {
  return {
    week: weekOf(calendar.week),
    ramadanWeek: weekOf(calendar.ramadan_week),
    ramadan: calendar.ramadan.map(({ from, to }) => ({ from, to })),
    daysOff: calendar.days_off.map(({ date, place }) => ({ date, ...(place !== undefined && { place }) })),
  }
}

const DAYS = { mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6, sun: 7 } as const

function weekOf(week: Country['calendar']['week']): Calendar['week'] {
  const result: Calendar['week'] = {}
  for (const day of ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const) {
    const hours = week[day]
    if (hours) result[DAYS[day]] = hoursOf(hours)
  }
  return result
}

function hoursOf([opens, closes]: [string, string]): WorkingHours {
  return { opens: minutes(opens), closes: minutes(closes) }
}

function minutes(time: string): number {
  const [hours = '0', rest = '0'] = time.split(':')
  return Number(hours) * 60 + Number(rest)
}

function factsOf({ facts }: Country): Record<string, FactRule> {
  return Object.fromEntries(
    Object.entries(facts).map(([id, fact]) => [
      id,
      {
        type: fact.type,
        start: fact.start ?? null,
        ...(fact.of && { of: Object.keys(fact.of) }),
        ...(fact.restricted !== undefined && { restricted: fact.restricted }),
      },
    ]),
  )
}

function ratesOf({ rates }: Country): Settings['rates'] {
  return Object.fromEntries(
    Object.entries(rates).map(([currency, list]) => [
      currency,
      list.map(({ from, xof }) => ({ from, xof })).toSorted((a, b) => (a.from < b.from ? -1 : 1)),
    ]),
  )
}

/** Procedures that begin by themselves: `on DATE_FACT`, `when CONDITION` and `end of consent PURPOSE`. */
function watchersOf(country: Country): Settings['watchers'] {
  const watchers: Settings['watchers'] = []
  for (const { procedure, begins } of Object.values(country.procedures)) {
    for (const clause of begins.map(beginsClause)) {
      if (clause?.kind === 'on') watchers.push({ procedure, on: clause.fact })
      if (clause?.kind === 'when') watchers.push({ procedure, when: clause.condition })
      if (clause?.kind === 'end_of_consent') watchers.push({ procedure, endOfConsent: clause.purpose })
    }
  }
  return watchers
}
