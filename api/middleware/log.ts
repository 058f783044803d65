/** One log line per answer: request id, method, route pattern, status, milliseconds. Never a path, query or body. */

import { createMiddleware } from 'hono/factory'
import { matchedRoutes } from 'hono/route'
import type { ApiContext, ApiEnv, Deps } from '../context/deps.ts'

/** The pattern that answered (`/api/v1/cases/:case`), since paths may hold secrets such as `/r/{token}`. */
export const patternOf = (c: ApiContext): string =>
  matchedRoutes(c).findLast((route) => route.method !== 'ALL')?.path ?? 'none'

export const logRequests = (deps: Deps) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const began = performance.now()
    await next()
    const ms = Math.round(performance.now() - began)
    deps.requests?.seen(c.req.method, patternOf(c), c.res.status, ms)
    const line = { request: c.var.requestId, method: c.req.method, route: patternOf(c), status: c.res.status, ms }
    if (c.res.status >= 500) deps.log.warn(line, 'answered')
    else deps.log.info(line, 'answered')
  })
