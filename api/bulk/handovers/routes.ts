/** People who go away or leave: their work goes to named successors, and comes back when they do. */

import { createHmac } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import { addHandover, type Handover, handoverById, handoversFor } from '../../../database/queries/handovers.ts'
import { contentDigest, keyOf } from '../../case/idempotency.ts'
import { sessionOf } from '../../auth/session-of.ts'
import type { Session } from '../../context/session.ts'
import type { ApiApp, Deps, Present } from '../../context/deps.ts'
import { KeyHeader, preferenceOf, PreferHeader, PreviewQuery, secured } from '../../openapi/parameters.ts'
import { problem } from '../../problems/problem.ts'
import { problems } from '../../openapi/problem.ts'
import { goOn, previewOf, progressOf, progressWithin } from './progress.ts'
import { mayAskFor, supervisesAt } from './may-ask.ts'
import { planned } from './plan.ts'
import { HandoverAnswer, HandoverBody, HandoverList } from './schema.ts'

const json = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})
const common = { tags: ['people'], security: secured }
const beginRoute = createRoute({
  ...common,
  method: 'post',
  path: '/api/v1/handovers',
  operationId: 'handOver',
  summary: 'Leave, illness, departure or the closure of an office: all the work goes to named successors',
  request: {
    headers: KeyHeader,
    query: PreviewQuery,
    body: { required: true, content: { 'application/json': { schema: HandoverBody } } },
  },
  responses: {
    200: json(HandoverAnswer, 'Every case has moved; or, with preview=true, what would move'),
    202: json(HandoverAnswer, 'Begun, or planned for its day'),
    ...problems,
  },
})
const listRoute = createRoute({
  ...common,
  method: 'get',
  path: '/api/v1/handovers',
  operationId: 'listHandovers',
  summary: 'Handovers at the places I supervise, and my own; the newest hundred',
  request: { query: z.strictObject({}) },
  responses: { 200: json(HandoverList, 'Handovers, newest first'), ...problems },
})
const oneRoute = createRoute({
  ...common,
  method: 'get',
  path: '/api/v1/handovers/{handover}',
  operationId: 'getHandover',
  summary: 'How far a handover has come',
  request: {
    params: z.object({
      handover: z
        .string()
        .max(60)
        .openapi({ param: { name: 'handover', in: 'path' } }),
    }),
    headers: PreferHeader,
  },
  responses: { 200: json(HandoverAnswer, 'Progress'), ...problems },
})

const supervisedBy = (session: Session, present: Present): string[] =>
  Object.keys(present.settings.places).filter((place) => supervisesAt(session, present, place))

const mayKnow = (session: Session, present: Present, one: Handover): boolean =>
  [...one.people, ...one.successors, one.by.user].includes(session.user) ||
  one.places.some((place) => supervisesAt(session, present, place))

export const registerHandovers = (app: ApiApp, deps: Deps): void => {
  app.openapi(beginRoute, async (c) => {
    const session = sessionOf(c)
    if (c.req.valid('query').preview === 'true') {
      const asked = c.req.valid('json')
      const plan = await planned(deps, await deps.present(), session, asked, c.var.language)
      return c.json(await previewOf(deps, asked, plan, c.var.language), 200)
    }
    const key = keyOf(c.req.valid('header')['Idempotency-Key'] ?? null)
    const body = c.req.valid('json')
    const { language } = c.var
    const content = createHmac('sha256', deps.idKey).update(`handover|${session.user}|${key.toLowerCase()}`)
    const id = `handover-${content.digest('hex').slice(0, 12)}`
    const digest = contentDigest(deps.idKey, 'handover', body)
    const present = await deps.present()
    const known = await handoverById(deps.sql, id)
    if (known === undefined) {
      const { given, ...plan } = await planned(deps, present, session, body, language)
      const by = { user: session.user, holds: session.principal.holds }
      await addHandover(
        deps.sql,
        { id, digest, because: body.reason, ...plan, by, asked: new Date(present.now) },
        given,
      )
    } else {
      mayAskFor(deps, present, session, known.places, language)
      if (known.digest !== digest) throw problem('key_reused')
    }
    const kept = known ?? (await handoverById(deps.sql, id))
    if (kept === undefined) throw problem('not_accepted_in_time')
    await goOn(deps, present.settings, kept)
    const progress = await progressWithin(deps, id, language, preferenceOf(c.req.valid('header').Prefer).wait)
    const settled = progress.status === 'away' || progress.status === 'done'
    return c.json(progress, settled ? 200 : 202, { Location: progress.href })
  })
  app.openapi(listRoute, async (c) => {
    const session = sessionOf(c)
    const present = await deps.present()
    const found = await handoversFor(deps.sql, { user: session.user, places: supervisedBy(session, present) })
    const items = await Promise.all(found.map((one) => progressOf(deps, one, c.var.language)))
    return c.json({ items, next: null }, 200)
  })
  app.openapi(oneRoute, async (c) => {
    const session = sessionOf(c)
    const id = c.req.valid('param').handover
    const found = await handoverById(deps.sql, id)
    if (!found || !mayKnow(session, await deps.present(), found)) throw problem('not_found')
    const { wait } = preferenceOf(c.req.valid('header').Prefer)
    return c.json(await progressWithin(deps, id, c.var.language, wait), 200)
  })
}
