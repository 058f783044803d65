/** The HTTP application: middleware in order, then every route module. Binds no port. */

import { OpenAPIHono } from '@hono/zod-openapi'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { registerActs } from './acts/routes.ts'
import { registerArrivals } from './arrivals/routes.ts'
import { requireToken } from './auth/require-token.ts'
import { registerAuth } from './auth/routes.ts'
import { registerBatches } from './batches/routes.ts'
import { registerCalendar } from './calendar/routes.ts'
import type { ApiApp, ApiDoor, ApiEnv } from './deps.ts'
import { registerDocuments } from './documents/routes.ts'
import { registerDrafts } from './drafts/routes.ts'
import { registerHealth } from './health/route.ts'
import { registerFeed } from './feed/routes.ts'
import { registerGrants } from './grants/routes.ts'
import { registerHandovers } from './handovers/routes.ts'
import { registerPages } from './pages/routes.tsx'
import { depsFrom } from './present.ts'
import { compress } from './front/compress.ts'
import { refuseUnknownFilters } from './front/filters.ts'
import { sayHeaders } from './front/headers.ts'
import { limitBody, limitRate } from './front/limits.ts'
import { logRequests } from './front/log.ts'
import { refuseUntext } from './front/readable.ts'
import { sayUnchanged } from './front/unchanged.ts'
import { knownNames } from './openapi/known-names.ts'
import { registerSecurity } from './openapi/document.ts'
import { registerOpenApi } from './openapi/routes.ts'
import { registerLinks } from './links/routes.tsx'
import { registerOpenings } from './openings/routes.ts'
import { registerScreens } from './screens/index.ts'
import { registerSearch } from './search/routes.ts'
import { registerTraining } from './training/routes.ts'
import { answerProblem } from './problems/answer.ts'
import { asProblem, codeOf } from './problems/map.ts'
import { problem } from './problems/problem.ts'
import { requestProblem } from './problems/request-errors.ts'

/** `app.request` and `@hono/node-server` both take what this answers. */
export const createApi = (door: ApiDoor): ApiApp => {
  const deps = depsFrom(door)
  const app: ApiApp = new OpenAPIHono<ApiEnv>({
    defaultHook: (result, c) => {
      if (!result.success) throw requestProblem(result.target, result.error, knownNames(app, c, result.target))
    },
  })
  app.onError((error, c) => {
    const found = asProblem(error)
    if (found.code === 'unknown')
      deps.log.error({ request: c.var.requestId, kind: error.name, code: codeOf(error) }, 'unknown error')
    return answerProblem(c, found)
  })
  app.notFound((c) => answerProblem(c, problem('not_found')))
  app.use(compress)
  app.use(logRequests(deps))
  app.use(sayHeaders(deps))
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) =>
        answerProblem(c, problem('method_not_allowed', { headers: { Allow: methods.join(', ') } })),
    }),
  )
  app.use('/api/v1/*', sayUnchanged)
  app.use('/api/v1/*', requireToken(deps))
  app.use('/api/v1/*', limitRate(deps.realNow))
  app.use('/api/v1/*', limitBody)
  app.use('/api/v1/*', refuseUntext)
  app.use('/api/v1/*', refuseUnknownFilters(app))
  registerSecurity(app)
  registerAuth(app, deps)
  registerSearch(app, deps)
  registerOpenings(app, deps)
  registerActs(app, deps)
  registerArrivals(app, deps)
  registerDrafts(app, deps)
  registerDocuments(app, deps)
  registerCalendar(app, deps)
  registerTraining(app, deps)
  registerHandovers(app, deps)
  registerGrants(app, deps)
  registerBatches(app, deps)
  registerScreens(app, deps)
  registerFeed(app, deps)
  registerHealth(app, deps)
  registerLinks(app, deps)
  registerPages(app, deps)
  registerOpenApi(app)
  return app
}
