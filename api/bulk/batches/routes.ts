/** One act over many cases: a procedure begins in all that a filter finds, and is lifted in all of them again. */

import { createHmac } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import { root } from '../../../cases/places.ts'
import { addBatch, addLift, type Batch, batchById, batchesOf, countsOf } from '../../../database/queries/batches.ts'
import { contentDigest, keyOf } from '../../case/idempotency.ts'
import { sessionOf } from '../../auth/session-of.ts'
import type { ApiApp, ApiContext, Caller, Deps } from '../../context/deps.ts'
import { KeyHeader, preferenceOf, PreferHeader, PreviewQuery, secured } from '../../openapi/parameters.ts'
import { problem } from '../../problems/problem.ts'
import { problems } from '../../openapi/problem.ts'
import { goOn, mayLift, progressOf, progressWithin } from './progress.ts'
import { nothingToDo } from './invalid.ts'
import { batchProcedures, mayBeginAt } from './may-begin.ts'
import { planned } from './plan.ts'
import { previewOf } from './preview.ts'
import { BatchAnswer, BatchBody, BatchList, type BatchShown } from './schema.ts'

const json = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})
const common = { tags: ['actions'], security: secured }
const BatchParam = z.object({
  batch: z
    .string()
    .max(60)
    .openapi({ param: { name: 'batch', in: 'path' } }),
})
const beginRoute = createRoute({
  ...common,
  method: 'post',
  path: '/api/v1/batches',
  operationId: 'beginBatch',
  summary: 'Begin a procedure in all cases that a filter finds',
  request: {
    headers: KeyHeader,
    query: PreviewQuery,
    body: { required: true, content: { 'application/json': { schema: BatchBody } } },
  },
  responses: {
    200: json(BatchAnswer, 'Begun in all of them; or, with preview=true, what would follow'),
    202: json(BatchAnswer, 'Taken; the cases are asked one by one'),
    ...problems,
  },
})
const listRoute = createRoute({
  ...common,
  method: 'get',
  path: '/api/v1/batches',
  operationId: 'listBatches',
  summary: 'Batches that I could have begun myself; the newest hundred',
  request: { query: z.strictObject({}) },
  responses: { 200: json(BatchList, 'Batches, newest first'), ...problems },
})
const oneRoute = createRoute({
  ...common,
  method: 'get',
  path: '/api/v1/batches/{batch}',
  operationId: 'getBatch',
  summary: 'How far a batch has come, and which cases it left as they are',
  request: { params: BatchParam, headers: PreferHeader },
  responses: { 200: json(BatchAnswer, 'Progress'), ...problems },
})
const liftRoute = createRoute({
  ...common,
  method: 'post',
  path: '/api/v1/batches/{batch}/actions/lift',
  operationId: 'liftBatch',
  summary: 'Lift what a batch began, wherever it is still running; clocks get back what was left',
  request: { params: BatchParam, headers: KeyHeader },
  responses: {
    200: json(BatchAnswer, 'Lifted everywhere'),
    202: json(BatchAnswer, 'Taken; the cases are asked one by one'),
    ...problems,
  },
})

const callerOf = async (c: ApiContext, deps: Deps): Promise<Caller> => ({
  deps,
  session: sessionOf(c),
  present: await deps.present(),
  language: c.var.language,
})
const idFrom = (deps: Deps, ...parts: string[]): string =>
  createHmac('sha256', deps.idKey).update(parts.join('|')).digest('hex').slice(0, 12)

/** Of whoever could have begun it in every one of its cases. */
const knownBatches = async ({ deps, session, present }: Caller, all: Batch[]): Promise<Batch[]> => {
  const procedures = new Map((await batchProcedures(deps)).map((one) => [one.id, one]))
  return all.filter((batch) => {
    const procedure = procedures.get(batch.procedure)
    return procedure !== undefined && batch.places.every((place) => mayBeginAt(session, present, procedure, place))
  })
}
const knownBatch = async (caller: Caller, id: string): Promise<Batch> => {
  const found = await batchById(caller.deps.sql, id)
  const [known] = await knownBatches(caller, found ? [found] : [])
  if (known === undefined) throw problem('not_found')
  return known
}

const settled = ({ status }: BatchShown): 200 | 202 => (status === 'done' || status === 'lifted' ? 200 : 202)

export const registerBatches = (app: ApiApp, deps: Deps): void => {
  app.openapi(beginRoute, async (c) => {
    const caller = await callerOf(c, deps)
    const { session, present } = caller
    const body = c.req.valid('json')
    if (c.req.valid('query').preview === 'true')
      return c.json(await previewOf(caller, await planned(caller, body)), 200)
    const key = keyOf(c.req.valid('header')['Idempotency-Key'] ?? null)
    const id = `batch-${idFrom(deps, 'batch', session.user, key)}`
    const digest = contentDigest(deps.idKey, 'batch', body)
    const known = await batchById(deps.sql, id)
    if (known === undefined) {
      const { procedure, answers, waiting, running } = await planned(caller, body)
      if (waiting.length === 0) throw nothingToDo()
      const cases = [
        ...waiting.map(({ caseId }) => ({ caseId, refusal: null })),
        ...running.map(({ one, refusal }) => ({ caseId: one.caseId, refusal })),
      ]
      const country = root(present.settings.places) ?? ''
      const places = [...waiting, ...running.map(({ one }) => one)].map(({ place }) => place ?? country)
      const by = { user: session.user, holds: session.principal.holds }
      const asked = new Date(present.now)
      const batch = { id, digest, procedure: procedure.id, answers, filter: body.cases, by, asked }
      await addBatch(deps.sql, { ...batch, places: [...new Set(places)] }, cases)
    }
    const kept = await knownBatch(caller, id)
    if (kept.digest !== digest) throw problem('key_reused')
    await goOn(deps, kept)
    const progress = await progressWithin(caller, id, preferenceOf(c.req.valid('header').Prefer).wait)
    return c.json(progress, settled(progress), { Location: progress.href ?? '' })
  })
  app.openapi(listRoute, async (c) => {
    const caller = await callerOf(c, deps)
    const procedures = (await batchProcedures(deps)).map(({ id }) => id)
    const known = await knownBatches(caller, await batchesOf(deps.sql, procedures))
    return c.json({ items: await Promise.all(known.map((one) => progressOf(caller, one, true))), next: null }, 200)
  })
  app.openapi(oneRoute, async (c) => {
    const caller = await callerOf(c, deps)
    const { id } = await knownBatch(caller, c.req.valid('param').batch)
    return c.json(await progressWithin(caller, id, preferenceOf(c.req.valid('header').Prefer).wait), 200)
  })
  app.openapi(liftRoute, async (c) => {
    const caller = await callerOf(c, deps)
    const { session, present } = caller
    const batch = await knownBatch(caller, c.req.valid('param').batch)
    const key = keyOf(c.req.valid('header')['Idempotency-Key'] ?? null)
    const id = `${batch.id}-lift-${idFrom(deps, 'lift', batch.id, session.user, key)}`
    const by = { user: session.user, holds: session.principal.holds }
    if (mayLift(batch, await countsOf(deps.sql, batch.id)))
      await addLift(deps.sql, batch.id, { id, by, asked: new Date(present.now) })
    await goOn(deps, await knownBatch(caller, batch.id))
    const progress = await progressWithin(caller, batch.id, preferenceOf(c.req.valid('header').Prefer).wait)
    return c.json(progress, settled(progress), { Location: progress.href ?? '' })
  })
}
