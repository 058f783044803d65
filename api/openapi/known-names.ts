/** The names that the body or the query of a route may have, read from its registered schemas. */

import { z } from '@hono/zod-openapi'
import { matchedRoutes } from 'hono/route'
import type { ApiApp, ApiContext } from '../context/deps.ts'

/** The pattern that answered (`/api/v1/cases/:case`), since paths may hold secrets such as `/r/{token}`. */
export const patternOf = (c: ApiContext): string =>
  matchedRoutes(c).findLast((route) => route.method !== 'ALL')?.path ?? 'none'

const namesIn = (schema: unknown): string[] => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : [])

/** `target` is `json` or `query`; empty when the route is not registered. */
export const knownNames = (app: ApiApp, c: ApiContext, target: string): string[] => {
  const pattern = patternOf(c).replaceAll(/:([^/]+)/g, '{$1}')
  const method = c.req.method === 'HEAD' ? 'get' : c.req.method.toLowerCase()
  for (const definition of app.openAPIRegistry.definitions) {
    if (definition.type !== 'route') continue
    const { route } = definition
    if (route.path !== pattern || route.method !== method) continue
    if (target === 'query') return namesIn(route.request?.query)
    const media = route.request?.body?.content['application/json']
    return media !== undefined && 'schema' in media ? namesIn(media.schema) : []
  }
  return []
}
