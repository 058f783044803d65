/** Every reading route has the same outline: a GET that needs a token and answers JSON. */

import { createRoute, z } from '@hono/zod-openapi'
import { secured } from './parameters.ts'
import { problems } from './problem.ts'

export function reads<S extends z.ZodType, P extends z.ZodObject, Q extends z.ZodObject>(route: {
  path: string
  operationId: string
  tag: string
  summary: string
  schema: S
  params: P
  query: Q
}) {
  return createRoute({
    method: 'get',
    path: route.path,
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    security: secured,
    request: { params: route.params, query: route.query },
    responses: {
      200: { description: route.summary, content: { 'application/json': { schema: route.schema } } },
      ...problems,
    },
  })
}
export const none = z.strictObject({})
