/** Who is asking, as the token says: re-read from the database at every request. */

import type { Holding, Principal } from '../../cases/actions.ts'
import type { CivilDate } from '../../cases/time.ts'

export interface Session {
  user: string
  name: string
  /** Id of the token, never the token itself. */
  token: string
  principal: Extract<Principal, { kind: 'user' }>
  holds: (Holding & { organisation: string; until: CivilDate | null })[]
}
