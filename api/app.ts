/** The HTTP application: middleware in order, then every route module. Binds no port. */

import { OpenAPIHono } from '@hono/zod-openapi'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { registerActs } from './acts/routes.ts'
import { registerArrivals } from './intake/arrivals/routes.ts'
import { requireToken } from './auth/require-token.ts'
import { registerAuth } from './auth/routes.ts'
import { registerBatches } from './bulk/batches/routes.ts'
import { registerCalendar } from './bulk/calendar/routes.ts'
import type { ApiApp, ApiDoor, ApiEnv } from './context/deps.ts'
import { registerDocuments } from './documents/routes.ts'
import { registerDrafts } from './acts/drafts.ts'
import { registerHealth } from './health/route.ts'
import { registerFeed } from './feed/routes.ts'
import { registerGrants } from './grants/routes.ts'
import { registerHandovers } from './bulk/handovers/routes.ts'
import { registerPages } from './pages/routes.tsx'
import { depsFrom } from './make-deps.ts'
import { compress } from './middleware/compress.ts'
import { refuseUnknownFilters } from './middleware/filters.ts'
import { sayHeaders } from './middleware/headers.ts'
import { limitBody, limitRate } from './middleware/limits.ts'
import { logRequests } from './middleware/log.ts'
import { refuseUntext } from './middleware/readable.ts'
import { sayUnchanged } from './middleware/unchanged.ts'
import { knownNames } from './openapi/known-names.ts'
import { registerOpenApi, registerSecurity } from './openapi/document.ts'
import { registerLinks } from './links/routes.tsx'
import { registerOpenings } from './intake/openings/routes.ts'
import { registerScreens } from './screens/index.ts'
import { registerMe } from './screens/me.ts'
import { registerSearch } from './intake/search/routes.ts'
import { registerTraining } from './bulk/training/routes.ts'
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
  registerMe(app, deps)
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
