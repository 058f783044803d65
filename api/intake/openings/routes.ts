/** What may be opened, with each form, and the opening of a case. */

import { randomInt } from 'node:crypto'
import { createRoute, type z } from '@hono/zod-openapi'
import { caseNumber } from '../../../cases/number.ts'
import { derivedCaseId, keyOf } from '../../case/idempotency.ts'
import { asPreferred } from '../../acts/answer-body.ts'
import { sessionOf } from '../../auth/session-of.ts'
import type { ApiApp, Deps } from '../../context/deps.ts'
import { KeyHeader, preferenceOf, secured } from '../../openapi/parameters.ts'
import { problem } from '../../problems/problem.ts'
import { problems } from '../../openapi/problem.ts'
import { openingsFor } from './list.ts'
import { perhapsSame } from '../search/perhaps-same.ts'
import { unopenedCase, withPlace } from '../unopened-case.ts'
import { open } from './open.ts'
import { personIn } from '../../../database/queries/people.ts'
import { OpenCase, OpenedCase, OpeningList } from './schema.ts'

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/openings',
  operationId: 'listOpenings',
  tags: ['cases'],
  summary: 'What I may open, each with its form',
  security: secured,
  responses: {
    200: { description: 'Openings', content: { 'application/json': { schema: OpeningList } } },
    ...problems,
  },
})
const openRoute = createRoute({
  method: 'post',
  path: '/api/v1/cases',
  operationId: 'openCase',
  tags: ['cases'],
  summary: 'Open a case; the same key again is the same case',
  security: secured,
  request: {
    headers: KeyHeader,
    body: { required: true, content: { 'application/json': { schema: OpenCase } } },
  },
  responses: {
    201: { description: 'Opened', content: { 'application/json': { schema: OpenedCase } } },
    ...problems,
  },
})

export const registerOpenings = (app: ApiApp, deps: Deps): void => {
  app.openapi(listRoute, async (c) => {
    return c.json({ items: await openingsFor(deps, sessionOf(c), c.var.language) }, 200)
  })
  app.openapi(openRoute, async (c) => {
    const session = sessionOf(c)
    const key = keyOf(c.req.valid('header')['Idempotency-Key'] ?? null)
    const content = c.req.valid('json')
    const [procedure] = await deps.newest([content.opening])
    if (procedure === undefined || procedure.subject !== 'case') throw problem('not_found')
    const caseId = derivedCaseId(deps.idKey, session.user, 'open_case', key)
    const loaded = await unopenedCase(deps, session, c.var.language, caseId, procedure)
    const { answers, absent, place } = content
    const year = new Date(loaded.world.now).getUTCFullYear()
    const opened = await open(
      deps,
      loaded,
      {
        subject: 'case',
        procedure,
        place,
        given: { answers: withPlace(procedure, answers, place), absent },
        content,
        numberFor: () => Promise.resolve(caseNumber(year, randomInt(1_000_000))),
      },
      key,
    )
    const headers: Record<string, string> = { Location: `/api/v1/cases/${opened.number}` }
    if (opened.replayed) headers['Idempotent-Replayed'] = 'true'
    const same = await perhapsSame(deps, { session, language: c.var.language }, personIn(answers), caseId)
    const { minimal } = preferenceOf(c.req.valid('header').Prefer)
    const told = asPreferred(minimal, opened.body, headers)
    const body: z.infer<typeof OpenedCase> = {
      ...told.body,
      number: opened.number,
      ...(same === null ? {} : { perhaps_same: same }),
    }
    return c.json(body, 201, told.headers)
  })
}
