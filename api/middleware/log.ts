/** One log line per answer: request id, method, route pattern, status, milliseconds. Never a path, query or body. */

import { createMiddleware } from 'hono/factory'
import type { ApiEnv, Deps } from '../context/deps.ts'
import { patternOf } from '../openapi/known-names.ts'

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
