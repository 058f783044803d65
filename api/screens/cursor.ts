/** Cursors are opaque, carry the instant of the first page, and belong to the one who was given them. */

import { createHmac, timingSafeEqual } from 'node:crypto'
import { problem } from '../problems/problem.ts'

const sign = (key: Buffer, user: string, body: string): string =>
  createHmac('sha256', key).update(`cursor|${user}|${body}`).digest('base64url').slice(0, 16)

export function cursorOf(key: Buffer, user: string, content: unknown): string {
  const body = Buffer.from(JSON.stringify(content)).toString('base64url')
  return `${body}.${sign(key, user, body)}`
}

/** Throws `cursor_expired` for anything that this person was not given. */
export function readCursor<T>(key: Buffer, user: string, cursor: string): T {
  const [body = '', signature = ''] = cursor.split('.')
  const expected = sign(key, user, body)
  if (signature.length !== expected.length || !timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) {
    throw problem('cursor_expired')
  }
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as T
}

/** The same list's next page, as a URL. */
export function nextPage(url: string, cursor: string | null): string | null {
  if (cursor === null) return null
  const next = new URL(url)
  next.searchParams.set('cursor', cursor)
  return `${next.pathname}${next.search}`
}
