import type { Settings } from '../../procedures/language/settings.ts'
import { dayAt } from '../clocks/civil.ts'
import { isWorkingDay, nthWorkingDay, openingTime } from '../clocks/working-days.ts'
import type { ClockKind, Mark } from '../events.ts'
import type { Instant } from '../time.ts'

export interface Timing {
  engine: number
  /** Of the clock that the mark belongs to. */
  clock: ClockKind
  now: Instant
  /** The moment that a reminder reminds of. */
  target: Instant
  settings: Settings
  place: string | null
}

/** The hour at which a mark that is counted in days speaks: a deadline as its day ends, what calls people in the morning. */
export function atItsHour<M extends Mark>(mark: M, timing: Timing): M {
  if (mark.plan.terms.some(({ unit }) => unit === 'hours')) return mark
  if (mark.kind === 'reminder') return timing.engine < 2 ? mark : reminding(mark, timing)
  const opens = mark.kind === 'target' && timing.clock === 'opens' && timing.engine >= 4
  return opens ? { ...mark, at: openingTime(dayAt(mark.at), timing.settings, timing.place) } : mark
}

/** In the morning of its day, or of the next working day; never too late, nor when that morning has gone. */
function reminding<M extends Mark>(mark: M, { now, target, settings, place }: Timing): M {
  const day = dayAt(mark.at)
  const working = isWorkingDay(day, settings, place) ? day : nthWorkingDay(day, 1, settings, place)
  const at = openingTime(working, settings, place)
  return at > now && at < target ? { ...mark, at } : mark
}
