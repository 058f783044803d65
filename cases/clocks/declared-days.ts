import type { Calendar } from '../../procedures/language/settings.ts'
import type { Day } from '../time.ts'
import { dayNamed } from './civil.ts'

/** What a calendar declares by date, found by day. */
export interface DeclaredDays {
  ramadan: { from: Day; to: Day }[]
  /** Where each day is off; undefined: everywhere. */
  off: Map<Day, (string | undefined)[]>
}
/** A pure memo: calendars are never changed, only replaced. */
const known = new WeakMap<Calendar, DeclaredDays>()

export function declaredDays(calendar: Calendar): DeclaredDays {
  const before = known.get(calendar)
  if (before) return before
  const off: DeclaredDays['off'] = new Map()
  for (const { date, place } of calendar.daysOff) off.set(dayNamed(date), [...(off.get(dayNamed(date)) ?? []), place])
  const ramadan = calendar.ramadan.map(({ from, to }) => ({ from: dayNamed(from), to: dayNamed(to) }))
  const declared = { ramadan, off }
  known.set(calendar, declared)
  return declared
}
