/** Cursors are sealed, carry the instant of the first page, and belong to the one who was given them. */

import { open, seal } from '../../database/keys.ts'
import { problem } from '../problems/problem.ts'

/** Nothing in it can be read: the opaque id of a case would let ids of hidden entries be guessed. */
export function cursorOf(key: Buffer, user: string, content: unknown): string {
  return seal(key, JSON.stringify(content), ['cursor', user]).toString('base64url')
}

/** Throws `cursor_expired` for anything that this person was not given. */
export function readCursor<T>(key: Buffer, user: string, cursor: string): T {
  try {
    return JSON.parse(open(key, Buffer.from(cursor, 'base64url'), ['cursor', user])) as T
  } catch {
    throw problem('cursor_expired')
  }
}

/** The same list's next page, as a URL. */
export function nextPage(url: string, cursor: string | null): string | null {
  if (cursor === null) return null
  const next = new URL(url)
  next.searchParams.set('cursor', cursor)
  return `${next.pathname}${next.search}`
}
