/** Who is asking, as the token says: re-read from the database at every request. */

import type { Principal } from '../../cases/actions.ts'

export interface Session {
  user: string
  name: string
  token: string
  principal: Extract<Principal, { kind: 'user' }>
}
