/** Who is asking, as the token says: re-read from the database at every request. */

import type { Holding, Principal } from '../../cases/actions.ts'
import type { CivilDate, Instant } from '../../cases/time.ts'
import type { Settings } from '../../procedures/language/settings.ts'

/** Held by programs: it is no role in any case. */
export const FEED_ROLE = 'integrator'

export interface Session {
  user: string
  name: string
  /** Id of the token, never the token itself. */
  token: string
  principal: Extract<Principal, { kind: 'user' }>
  /** Places whose feed of events they may read: the role `integrator` opens nothing else. */
  feeds: string[]
  holds: (Holding & { organisation: string; until: CivilDate | null })[]
  /** The newest, and business time, as of when the token was read. */
  settings: Settings
  now: Instant
}
