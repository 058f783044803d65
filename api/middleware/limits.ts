/**
 * How much one token may ask, by token bucket, and how large a body may be. The buckets are in the memory of this
 * process: behind several processes each gives its own share; tries at a secret are counted in the database. Never by
 * address: offices share one.
 */

import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import type { ApiEnv } from '../context/deps.ts'
import { problem } from '../problems/problem.ts'

export interface Rate {
  perSecond: number
  burst: number
}
export const RATES = { token: { perSecond: 100, burst: 400 } } as const

const MOST_BUCKETS = 10_000

/** `take(key)` answers 0, or the seconds to wait before the next try. */
export const bucketsOf = (rate: Rate, now: () => number): { take: (key: string) => number } => {
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    take: (key) => {
      const at = now()
      const bucket = buckets.get(key) ?? { left: rate.burst, at }
      const left = Math.min(rate.burst, bucket.left + ((at - bucket.at) / 1000) * rate.perSecond)
      buckets.delete(key)
      buckets.set(key, { left: left < 1 ? left : left - 1, at })
      const oldest = buckets.keys().next().value
      if (buckets.size > MOST_BUCKETS && oldest !== undefined) buckets.delete(oldest)
      return left >= 1 ? 0 : Math.ceil((1 - left) / rate.perSecond)
    },
  }
}

const JSON_BYTES = 262_144
/** A document may come whole, in one piece. */
const DOCUMENT_BYTES = 5_242_880

/** A length that is told is judged without opening the body: the stream would cost more than what is read from it. */
const limitedTo = (maxBytes: number) => {
  const refuse = (): never => {
    throw problem('too_large', { more: { max_bytes: maxBytes } })
  }
  const counted = bodyLimit({ maxSize: maxBytes, onError: refuse })
  return createMiddleware<ApiEnv>((c, next) => {
    const told = c.req.header('Content-Length')
    if (c.req.method === 'GET') return next()
    if (told === undefined || c.req.header('Transfer-Encoding') !== undefined) return counted(c, next)
    return Number(told) > maxBytes ? refuse() : next()
  })
}
const json = limitedTo(JSON_BYTES)
const documents = limitedTo(DOCUMENT_BYTES)

/** Only the routes of documents take more than JSON may be. */
export const limitBody = createMiddleware<ApiEnv>((c, next) =>
  (/\/documents(\/|$)/.test(c.req.path) ? documents : json)(c, next),
)

export const limitRate = (now: () => number) => {
  const buckets = bucketsOf(RATES.token, now)
  return createMiddleware<ApiEnv>(async (c, next) => {
    const wait = c.var.session === null ? 0 : buckets.take(c.var.session.token)
    if (wait > 0) throw problem('too_many', { after: wait })
    await next()
  })
}
