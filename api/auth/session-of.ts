import type { ApiContext } from '../context/deps.ts'
import { problem } from '../problems/problem.ts'
import type { Session } from '../context/session.ts'

/** Who is asking; throws `token_missing` on a route that somebody reached without a token. */
export const sessionOf = (c: ApiContext): Session => {
  if (c.var.session === null) throw problem('token_missing')
  return c.var.session
}
