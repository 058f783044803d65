/** Whether the calendar reaches as far as the longest deadlines: what it does not know counts as worked. */

import { addDays, dayOf } from '../../cases/clocks/civil.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import type { Finding } from './findings.ts'

/** The last follow-up falls due a year after its plan is signed; the next year's feasts take a month to declare. */
const AHEAD_DAYS = 400

/** `now`: real time; the calendar is asked about the business time of the installation. */
export function lookAtCalendar({ calendar, offsetMs, places }: Settings, now: number): Finding[] {
  const ofCountry = calendar.daysOff.filter(({ place }) => place === undefined || places[place] === null)
  const last = ofCountry.reduce((latest, { date }) => (date > latest ? date : latest), '')
  return last < addDays(dayOf(now + offsetMs), AHEAD_DAYS) ? [{ code: 'calendar_ends', last }] : []
}
