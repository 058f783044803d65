/** Where the date of a training installation is moved to. */

import { shift } from '../../../cases/clocks/place-terms.ts'
import { root } from '../../../cases/places.ts'
import type { Instant } from '../../../cases/time.ts'
import { earliestWake } from '../../../database/queries/declared.ts'
import type { Unit } from '../../../procedures/language/compiled.ts'
import type { Deps, Present } from '../../context/deps.ts'

export type Advance = { by: { amount: number; unit: Unit } } | { to: string }

const HOUR_MS = 3_600_000

const later = ({ now, settings }: Present, { amount, unit }: { amount: number; unit: Unit }): Instant => {
  switch (unit) {
    case 'hours':
      return now + amount * HOUR_MS
    case 'days':
      return now + amount * 24 * HOUR_MS
    case 'weeks':
      return now + amount * 7 * 24 * HOUR_MS
    case 'working_days':
    case 'months':
      return shift(now, [{ n: amount, unit }], settings, root(settings.places))
  }
}

/** null when that is not in the future, or when no case waits for anything. A bare date begins at eight. */
export const targetOf = async (deps: Deps, present: Present, advance: Advance): Promise<Instant | null> => {
  if ('by' in advance) return later(present, advance.by)
  const to = advance.to === 'next_deadline' ? await earliestWake(deps.sql) : Date.parse(`${advance.to}T08:00:00Z`)
  return to !== null && to >= present.now ? to + 1 : null
}
