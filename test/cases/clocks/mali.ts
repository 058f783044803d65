import type { Calendar, Settings } from '../../../procedures/language/settings.ts'

const hours = (opens: string, closes: string) => ({ opens: minutes(opens), closes: minutes(closes) })
const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

const normal = hours('07:30', '16:00')
const ramadan = hours('07:30', '16:30')

export const calendar: Calendar = {
  week: { 1: normal, 2: normal, 3: normal, 4: normal, 5: hours('07:30', '17:30') },
  ramadanWeek: { 1: ramadan, 2: ramadan, 3: ramadan, 4: ramadan, 5: hours('07:30', '12:30') },
  ramadan: [{ from: '2026-02-18', to: '2026-03-19' }],
  daysOff: [{ date: '2026-03-20' }, { date: '2026-05-01' }, { date: '2026-05-25' }, { date: '2026-12-25' }],
}

export const settings: Settings = {
  version: 1,
  offsetMs: 0,
  calendar,
  places: { ml: null, 'ml-kayes': 'ml', 'kayes-centre': 'ml-kayes', 'ml-gao': 'ml' },
  facts: {},
  rates: {},
  purposes: {},
  watchers: [],
  whatNext: 'ml-what-next',
  suspension: 'ml-suspension',
}

/** The same country once more days were declared off. */
export const withDaysOff = (...daysOff: Calendar['daysOff']): Settings => ({
  ...settings,
  calendar: { ...calendar, daysOff: [...calendar.daysOff, ...daysOff] },
})

/** `2026-11-13 11:00`, UTC as in Bamako. */
export const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}:00Z`)
