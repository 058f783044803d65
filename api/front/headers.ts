/** What every answer says about itself: request id, business date, language, and that it is private. */

import { randomBytes } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import type { ApiEnv, Deps } from '../deps.ts'
import { languageOf } from './language.ts'

const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'
const newRequestId = (): string => `req-${[...randomBytes(8)].map((byte) => LETTERS[byte % 32]).join('')}`

const DEFAULTS = { 'Cache-Control': 'private, no-cache', Vary: 'Authorization, Accept-Language, Accept-Encoding' }

/** A route that sets Cache-Control or Vary itself is left alone. */
export const sayHeaders = (deps: Deps) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const language = languageOf(c.req.header('Accept-Language'))
    c.set('requestId', newRequestId())
    c.set('language', language)
    c.set('session', null)
    await next()
    for (const [name, value] of Object.entries(DEFAULTS)) if (!c.res.headers.has(name)) c.header(name, value)
    if (!c.res.headers.has('Content-Language')) c.header('Content-Language', language)
    c.header('Segin-Request', c.var.requestId)
    c.header('X-Content-Type-Options', 'nosniff')
    const present = deps.lastPresent() ?? (await deps.present().catch(() => null))
    if (present !== null) c.header('Segin-Business-Date', new Date(present.now).toISOString().slice(0, 10))
  })
