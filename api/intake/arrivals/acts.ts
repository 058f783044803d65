/** The acts on an arrival: those on its steps, as on a case, and the adding of people. */

import { createRoute, type z } from '@hono/zod-openapi'
import type { ActDefinition } from '../../acts/act.ts'
import { asPreferred } from '../../acts/answer-body.ts'
import { loadCase } from '../../case/load-case.ts'
import { keyOf } from '../../case/idempotency.ts'
import { performOnCase } from '../../acts/perform.ts'
import { registerReceipts } from '../../acts/receipt.ts'
import { ACTION_RESPONSES } from '../../acts/routes.ts'
import { CASE_ACTS } from '../../acts/table.ts'
import { sessionOf } from '../../auth/session-of.ts'
import type { ApiApp, Deps } from '../../context/deps.ts'
import { KeyHeader, preferenceOf, PreviewQuery, secured } from '../../openapi/parameters.ts'
import { problem } from '../../problems/problem.ts'
import { problems } from '../../openapi/problem.ts'
import { addPeople } from './add-people.ts'
import { AddPeople, ArrivalParam, PeopleAnswer } from './schema.ts'

const ARRIVAL_ACTS = CASE_ACTS.filter((definition) => definition.onArrivals)

const routeOf = (definition: ActDefinition) =>
  createRoute({
    method: 'post',
    path: `/api/v1/arrivals/{arrival}/actions/${definition.name}`,
    operationId: `${definition.operationId}OfArrival`,
    tags: ['arrivals'],
    summary: definition.summary.en,
    security: secured,
    request: {
      params: ArrivalParam,
      headers: KeyHeader,
      query: PreviewQuery,
      body: { required: true, content: { 'application/json': { schema: definition.body } } },
    },
    responses: ACTION_RESPONSES,
  })
const peopleRoute = createRoute({
  method: 'post',
  path: '/api/v1/arrivals/{arrival}/actions/add_people',
  operationId: 'addPeople',
  tags: ['arrivals'],
  summary: 'Add people to the list; each row opens its own case, and one refused does not refuse the others',
  security: secured,
  request: {
    params: ArrivalParam,
    headers: KeyHeader,
    query: PreviewQuery,
    body: { required: true, content: { 'application/json': { schema: AddPeople } } },
  },
  responses: {
    200: { description: 'Recorded, row by row', content: { 'application/json': { schema: PeopleAnswer } } },
    202: { description: 'Accepted, cases are being opened', content: { 'application/json': { schema: PeopleAnswer } } },
    ...problems,
  },
})

export const registerArrivalActs = (app: ApiApp, deps: Deps): void => {
  app.openapi(peopleRoute, async (c) => {
    const loaded = await loadCase(deps, sessionOf(c), c.var.language, c.req.valid('param').arrival)
    if (loaded.state.subject !== 'arrival') throw problem('not_found')
    const preview = c.req.valid('query').preview === 'true'
    const key = preview ? 'preview' : keyOf(c.req.valid('header')['Idempotency-Key'] ?? null)
    const added = await addPeople(deps, loaded, c.req.valid('json'), key, preview)
    const headers: Record<string, string> = added.replayed ? { 'Idempotent-Replayed': 'true' } : {}
    if (added.status === 202) Object.assign(headers, { Location: added.body.href ?? '', 'Retry-After': '2' })
    const { minimal } = preferenceOf(c.req.valid('header').Prefer)
    const told = asPreferred(minimal && !preview, added.body, headers)
    const { rows } = added.body
    const body: z.infer<typeof PeopleAnswer> = { ...told.body, ...(rows === undefined ? {} : { rows }) }
    return c.json(body, added.status, told.headers)
  })
  for (const definition of ARRIVAL_ACTS)
    app.openapi(routeOf(definition), async (c) => {
      const done = await performOnCase(c, deps, definition, {
        subject: 'arrival',
        number: c.req.valid('param').arrival,
        key: c.req.valid('header')['Idempotency-Key'] ?? null,
        prefer: c.req.valid('header').Prefer,
        preview: c.req.valid('query').preview === 'true',
        body: c.req.valid('json'),
      })
      return c.json(done.body, done.status, done.headers)
    })
  registerReceipts(app, deps, 'arrival', ['open_case', 'add_people', ...ARRIVAL_ACTS.map(({ name }) => name)])
}
