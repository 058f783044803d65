/** One route per act, all with one handler, from the one table. */

import { createRoute } from '@hono/zod-openapi'
import type { ApiApp, Deps } from '../context/deps.ts'
import { CaseParam, KeyHeader, PreviewQuery, secured } from '../openapi/parameters.ts'
import { problems } from '../openapi/problem.ts'
import type { ActDefinition } from './act.ts'
import { performOnCase } from './perform.ts'
import { registerReceipts } from './receipt.ts'
import { ActionAnswer } from './schema.ts'
import { CASE_ACTS } from './table.ts'

export const ACTION_RESPONSES = {
  200: {
    description: 'Recorded; or, with preview=true, what would follow',
    content: { 'application/json': { schema: ActionAnswer } },
  },
  202: {
    description: 'Accepted and durable, not yet recorded: `Location` is its receipt',
    content: { 'application/json': { schema: ActionAnswer } },
  },
  ...problems,
} as const

const routeOf = (definition: ActDefinition) =>
  createRoute({
    method: 'post',
    path: `/api/v1/cases/{case}/actions/${definition.name}`,
    operationId: definition.operationId,
    tags: ['actions'],
    summary: definition.summary.en,
    security: secured,
    request: {
      params: CaseParam,
      headers: KeyHeader,
      query: PreviewQuery,
      body: { required: true, content: { 'application/json': { schema: definition.body } } },
    },
    responses: ACTION_RESPONSES,
  })

export const registerActs = (app: ApiApp, deps: Deps): void => {
  for (const definition of CASE_ACTS)
    app.openapi(routeOf(definition), async (c) => {
      const asked = {
        subject: 'case' as const,
        number: c.req.valid('param').case,
        key: c.req.valid('header')['Idempotency-Key'] ?? null,
        prefer: c.req.valid('header').Prefer,
        preview: c.req.valid('query').preview === 'true',
        body: c.req.valid('json'),
      }
      const done = await performOnCase(c, deps, definition, asked)
      return c.json(done.body, done.status, done.headers)
    })
  registerReceipts(app, deps, 'case', ['open_case', ...CASE_ACTS.map((definition) => definition.name)])
}
