/** What answers are held against, beside their form: the places there are, and two days. */

import type { Settings } from '../procedures/language/settings.ts'
import { dayOf } from './clocks/civil.ts'
import type { CivilDate, Instant } from './time.ts'
import type { World } from './world.ts'

export interface Circumstances {
  places: Settings['places']
  today: CivilDate
  /** The day on which what is told happened: today, or before. */
  happened: CivilDate
}

export const circumstances = (
  { settings, now }: Pick<World, 'settings' | 'now'>,
  happened: Instant = now,
): Circumstances => ({
  places: settings.places,
  today: dayOf(now),
  happened: dayOf(Math.min(happened, now)),
})
