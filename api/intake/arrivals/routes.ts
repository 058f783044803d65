/** Flights and convoys: announce, look, and the list of people. */

import { createRoute, z } from '@hono/zod-openapi'
import { isDate } from '../../../cases/answers.ts'
import { asViewer } from '../../../database/as-viewer.ts'
import { arrivalsOf, arrivalsOfDay, casesOfArrival } from '../../../database/queries/arrivals.ts'
import { loadCase } from '../../case/load-case.ts'
import { derivedCaseId, keyOf } from '../../case/idempotency.ts'
import { sessionOf } from '../../auth/session-of.ts'
import type { ApiApp, ApiContext, Deps } from '../../context/deps.ts'
import { KeyHeader, secured } from '../../openapi/parameters.ts'
import { unopenedCase } from '../unopened-case.ts'
import { open } from '../openings/open.ts'
import { problem } from '../../problems/problem.ts'
import { problems } from '../../openapi/problem.ts'
import { viewerOf } from '../../case/viewer.ts'
import { PageQuery } from '../../openapi/page.ts'
import { pageAsked, pageEnd } from '../../auth/cursor.ts'
import { registerArrivalActs } from './acts.ts'
import { describeArrival } from './describe.ts'
import { Announce, ArrivalAnswer, ArrivalList, ArrivalParam, PeopleList } from './schema.ts'

const json = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})
const announceRoute = createRoute({
  method: 'post',
  path: '/api/v1/arrivals',
  operationId: 'announceArrival',
  tags: ['arrivals'],
  summary: 'Announce a flight or convoy',
  security: secured,
  request: { headers: KeyHeader, body: { required: true, content: { 'application/json': { schema: Announce } } } },
  responses: { 201: json(ArrivalAnswer, 'Announced'), ...problems },
})
const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/arrivals',
  operationId: 'listArrivals',
  tags: ['arrivals'],
  summary: 'Arrivals at my places, newest first',
  security: secured,
  request: {
    query: z.strictObject(PageQuery),
  },
  responses: { 200: json(ArrivalList, 'Arrivals'), ...problems },
})
const oneRoute = createRoute({
  method: 'get',
  path: '/api/v1/arrivals/{arrival}',
  operationId: 'getArrival',
  tags: ['arrivals'],
  summary: 'One arrival',
  security: secured,
  request: { params: ArrivalParam },
  responses: { 200: json(ArrivalAnswer, 'The arrival'), ...problems },
})
const peopleRoute = createRoute({
  method: 'get',
  path: '/api/v1/arrivals/{arrival}/people',
  operationId: 'listArrivalPeople',
  tags: ['arrivals'],
  summary: 'The rows of an arrival with the cases they opened',
  security: secured,
  request: { params: ArrivalParam },
  responses: { 200: json(PeopleList, 'Rows'), ...problems },
})

const PAGE = 25

const loadArrival = async (c: ApiContext, deps: Deps, number: string) => {
  const loaded = await loadCase(deps, sessionOf(c), c.var.language, number)
  if (loaded.state.subject !== 'arrival') throw problem('not_found')
  return loaded
}

/** Day and hour in Mali, which is on UTC; a bare date tells no hour. */
const momentIn = (expected: string): Record<string, string | number> => {
  if (expected.length === 10) return { expected_on: expected }
  const at = new Date(expected)
  const [expected_hour, expected_minute] = [at.getUTCHours(), at.getUTCMinutes()]
  return { expected_on: at.toISOString().slice(0, 10), expected_hour, expected_minute }
}

/** The inputs of the published procedure that this request speaks of. */
const inputsFrom = (content: z.infer<typeof Announce>): Record<string, unknown> => {
  const { place, channel, expected, carrier, from, headcount, crisis, answers } = content
  const moment = expected === undefined ? {} : momentIn(expected)
  const given = { centre: place, channel, ...moment, carrier, from, headcount, crisis }
  return { ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)), ...answers }
}

const arrivalProcedure = async (deps: Deps) => {
  const published = await deps.newest(Object.keys(deps.country.procedures))
  const found = published.find((one) => one.subject === 'arrival' && one.begins.some((way) => way.kind === 'opening'))
  if (found === undefined) throw problem('not_found')
  return found
}

const registerAnnounce = (app: ApiApp, deps: Deps): void => {
  app.openapi(announceRoute, async (c) => {
    const session = sessionOf(c)
    const key = keyOf(c.req.valid('header')['Idempotency-Key'] ?? null)
    const content = c.req.valid('json')
    const procedure = await arrivalProcedure(deps)
    const caseId = derivedCaseId(deps.idKey, session.user, 'open_arrival', key)
    const loaded = await unopenedCase(deps, session, c.var.language, caseId, procedure)
    const { place } = content
    const answers = inputsFrom(content)
    const today = new Date(loaded.world.now).toISOString().slice(0, 10)
    const expectedOn = String(answers['expected_on'] ?? today)
    const day = isDate(expectedOn) && expectedOn.length === 10 ? expectedOn : today
    const numberFor = async (attempt: number): Promise<string> =>
      `${place}-${day}-${(await arrivalsOfDay(deps.sql, place, day)) + 1 + attempt}`
    const given = { answers, absent: {} }
    const opened = await open(deps, loaded, { subject: 'arrival', procedure, place, given, content, numberFor }, key)
    const after = await loadCase(deps, session, c.var.language, opened.number)
    const headers: Record<string, string> = { Location: `/api/v1/arrivals/${opened.number}` }
    if (opened.replayed) headers['Idempotent-Replayed'] = 'true'
    return c.json(await describeArrival(deps, after, after.seen), 201, headers)
  })
}

export const registerArrivals = (app: ApiApp, deps: Deps): void => {
  registerAnnounce(app, deps)
  app.openapi(listRoute, async (c) => {
    const session = sessionOf(c)
    const viewer = viewerOf(session)
    const { limit = PAGE, cursor } = c.req.valid('query')
    const page = pageAsked<string>(deps, c, cursor, session.now)
    const rows = await asViewer(deps.sql, viewer, (lists) => arrivalsOf(lists, viewer.places, limit + 1, page.after))
    const items = await Promise.all(
      rows.slice(0, limit).map(async (row) => {
        const loaded = await loadCase(deps, session, c.var.language, row.number)
        return describeArrival(deps, loaded, loaded.seen)
      }),
    )
    const last = items.at(-1)
    const next = rows.length > limit && last ? last.id : null
    return c.json({ items, ...pageEnd(deps, c, page, next) }, 200)
  })
  app.openapi(oneRoute, async (c) => {
    const loaded = await loadArrival(c, deps, c.req.valid('param').arrival)
    return c.json(await describeArrival(deps, loaded, loaded.seen), 200)
  })
  app.openapi(peopleRoute, async (c) => {
    const loaded = await loadArrival(c, deps, c.req.valid('param').arrival)
    const opened = await casesOfArrival(deps.sql, loaded.number)
    const items = Object.entries(loaded.seen.rows).map(([row, { number }]) => ({
      row,
      case: number,
      result: opened.has(number) ? ('opened' as const) : ('accepted' as const),
    }))
    return c.json({ items }, 200)
  })
  registerArrivalActs(app, deps)
}
