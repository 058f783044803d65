/**
 * Lists come a page at a time. A cursor is sealed, carries the instant of the first page, and belongs to the one who was
 * given it and to that list.
 */

import { open, seal } from '../../database/keys.ts'
import type { Instant } from '../../cases/time.ts'
import { sessionOf } from './session-of.ts'
import type { ApiContext, Deps } from '../context/deps.ts'
import { problem } from '../problems/problem.ts'

/** `after`: where the page before ended; null for the first page. */
export interface Page<T> {
  asOf: Instant
  after: T | null
}
/** Nothing in a cursor can be read: the opaque id of a case would let ids of hidden entries be guessed. */
const bound = (c: ApiContext): string[] => ['cursor', sessionOf(c).user, c.req.path]

/** Throws `cursor_expired` for anything that this person was not given for this list. */
export function pageAsked<T>(deps: Deps, c: ApiContext, cursor: string | undefined, now: Instant): Page<T> {
  if (cursor === undefined) return { asOf: now, after: null }
  try {
    const given: Page<T> = JSON.parse(open(deps.idKey, Buffer.from(cursor, 'base64url'), bound(c)))
    return given
  } catch {
    throw problem('cursor_expired')
  }
}

/** What every page says of itself: its instant, and the next one as a URL with the same filters; `last` is null at the end. */
export function pageEnd<T>(
  deps: Deps,
  c: ApiContext,
  { asOf }: Page<T>,
  last: T | null,
): { as_of: string; next: string | null } {
  const as_of = new Date(asOf).toISOString()
  if (last === null) return { as_of, next: null }
  const next = new URL(c.req.url)
  const page: Page<T> = { asOf, after: last }
  next.searchParams.set('cursor', seal(deps.idKey, JSON.stringify(page), bound(c)).toString('base64url'))
  return { as_of, next: `${next.pathname}${next.search}` }
}
