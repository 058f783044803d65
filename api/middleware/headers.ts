/** What every answer says about itself: request id, business date, language, and that it is private. */

import { randomBytes } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import type { ApiEnv, Deps, Language } from '../context/deps.ts'

const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'
const newRequestId = (): string => `req-${[...randomBytes(8)].map((byte) => LETTERS[byte % 32]).join('')}`

const DEFAULTS = { 'Cache-Control': 'private, no-cache', Vary: 'Authorization, Accept-Language, Accept-Encoding' }

/** A route that sets Cache-Control or Vary itself is left alone. `c.header` would make a response of its own for each. */
export const sayHeaders = (deps: Deps) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const language = languageOf(c.req.header('Accept-Language'))
    c.set('requestId', newRequestId())
    c.set('language', language)
    c.set('session', null)
    await next()
    const present = deps.lastPresent() ?? (await deps.present().catch(() => null))
    const { headers } = c.res
    for (const [name, value] of Object.entries(DEFAULTS)) if (!headers.has(name)) headers.set(name, value)
    if (!headers.has('Content-Language')) headers.set('Content-Language', language)
    headers.set('Segin-Request', c.var.requestId)
    headers.set('X-Content-Type-Options', 'nosniff')
    if (present !== null) headers.set('Segin-Business-Date', new Date(present.now).toISOString().slice(0, 10))
  })

const weightOf = (part: string): number => {
  const found = /;\s*q=([0-9.]+)/.exec(part)
  return found === null ? 1 : Number(found[1])
}

/** The best of `fr` and `en` in Accept-Language, French when neither is asked for. */
export const languageOf = (header: string | undefined): Language => {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => ({ tag: part.trim().slice(0, 2).toLowerCase(), weight: weightOf(part) }))
    .filter((one) => (one.tag === 'fr' || one.tag === 'en') && one.weight > 0)
    .toSorted((left, right) => right.weight - left.weight)[0]
  return wanted?.tag === 'en' ? 'en' : 'fr'
}
