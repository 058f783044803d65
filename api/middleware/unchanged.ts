/** What its reader has already had, as it was, is 304 without a body: on a slow line most looks cost their headers only. */

import { createHash } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import type { ApiEnv } from '../context/deps.ts'

const KEPT_NOWHERE = /no-store/

const OTHER_EACH_TIME = /"(as_of|next)":/

/** The instant of a list and its sealed cursor are others at every look, and make no other content. */
const contentOf = (text: string): string => {
  if (!OTHER_EACH_TIME.test(text)) return text
  const answered: Record<string, unknown> = JSON.parse(text)
  const { as_of: _, next = null, ...content } = answered
  return JSON.stringify([content, next === null])
}
const tagOf = (text: string): string =>
  `W/"${createHash('sha256').update(contentOf(text)).digest('base64url').slice(0, 16)}"`

const sameTag = (asked: string, tag: string): boolean =>
  asked.split(',').some((one) => one.trim().replace(/^W\//, '') === tag.replace(/^W\//, ''))

/** A route that makes a tag of its own is left alone. */
export const sayUnchanged = createMiddleware<ApiEnv>(async (c, next) => {
  await next()
  const { res } = c
  const plain = c.req.method === 'GET' && res.status === 200 && !res.headers.has('ETag')
  const json = (res.headers.get('Content-Type') ?? '').startsWith('application/json')
  if (!plain || !json || KEPT_NOWHERE.test(res.headers.get('Cache-Control') ?? '')) return
  const text = await res.text()
  const headers = new Headers(res.headers)
  const tag = tagOf(text)
  headers.set('ETag', tag)
  headers.delete('Content-Length')
  const same = sameTag(c.req.header('If-None-Match') ?? '', tag)
  if (same) headers.delete('Content-Type')
  c.res = undefined
  c.res = new Response(same ? null : text, { status: same ? 304 : 200, headers })
})
