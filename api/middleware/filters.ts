/** No filter is ignored in silence: also where a route takes none, or would have looked for something first. */

import { createMiddleware } from 'hono/factory'
import type { ApiApp, ApiEnv } from '../context/deps.ts'
import { knownNames } from '../openapi/known-names.ts'
import { unknownFilter } from '../problems/request-errors.ts'

export const refuseUnknownFilters = (app: ApiApp) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const asked = Object.keys(c.req.query())
    if (asked.length > 0) {
      const known = knownNames(app, c, 'query')
      const unknown = asked.filter((name) => !known.includes(name))
      if (unknown.length > 0) throw unknownFilter(unknown, known)
    }
    await next()
  })
