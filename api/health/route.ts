/** `GET /api/v1/health`: that it answers says that it is alive; what it answers, whether it is ready. */

import { createRoute, z } from '@hono/zod-openapi'
import { answer } from '../openapi/answers.ts'
import type { ApiApp, Deps } from '../context/deps.ts'
import { problems } from '../openapi/problem.ts'
import { type Parts, partsOf, statusOf } from './state.ts'

const Health = answer({
  status: z.enum(['ok', 'degraded', 'not_ready']).openapi('HealthStatus', {
    description: 'degraded: people can read, what they do waits; not_ready (503): nothing can be answered',
  }),
  database: z.enum(['ok', 'away']),
  schema: z.enum(['ok', 'behind', 'unknown']),
  engine: z.enum(['ok', 'away']),
  workers: z.number().int(),
  kind: z.string(),
  version: z.string(),
  business_date: z.string(),
}).openapi('Health')

const content = { 'application/json': { schema: Health } }
const route = createRoute({
  method: 'get',
  path: '/api/v1/health',
  operationId: 'getHealth',
  tags: ['installation'],
  summary: 'Alive, ready or degraded: whether database, engine and workers answer',
  responses: {
    200: { description: 'It is ready, perhaps degraded', content },
    503: { description: 'It is alive and not ready', content },
    ...problems,
  },
})
/** Anybody may ask, so the installation is looked at once a second at most. */
const KEPT_MS = 1_000

export const registerHealth = (app: ApiApp, deps: Deps): void => {
  let known: { parts: Promise<Parts>; until: number } | null = null
  app.openapi(route, async (c) => {
    if (known === null || performance.now() > known.until)
      known = { parts: partsOf(deps.sql, deps.temporal), until: performance.now() + KEPT_MS }
    const parts = await known.parts
    const status = statusOf(parts)
    const present = parts.database === 'ok' ? await deps.present().catch(deps.lastPresent) : deps.lastPresent()
    const body = {
      status,
      ...parts,
      kind: deps.installation.kind,
      version: deps.installation.version,
      business_date: new Date(present?.now ?? deps.realNow()).toISOString().slice(0, 10),
    }
    return status === 'not_ready' ? c.json(body, 503) : c.json(body, 200)
  })
}
