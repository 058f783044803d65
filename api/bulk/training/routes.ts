/** Moving the date of a training installation forward: every case lives through the time in between. */

import { createRoute, z } from '@hono/zod-openapi'
import { keyOf } from '../../case/idempotency.ts'
import { CivilDateText, TermBody } from '../../openapi/bodies.ts'
import { sessionOf } from '../../auth/session-of.ts'
import { broadcastId, declare, progressWithin } from '../calendar/broadcast.ts'
import { BroadcastAnswer } from '../calendar/schema.ts'
import type { ApiApp, Deps } from '../../context/deps.ts'
import { KeyHeader, preferenceOf, PreferHeader, secured } from '../../openapi/parameters.ts'
import { problem } from '../../problems/problem.ts'
import { problems } from '../../openapi/problem.ts'
import { targetOf } from './target.ts'

const AdvanceBody = z
  .union([
    z.strictObject({ by: TermBody }).openapi('AdvanceBy'),
    z.strictObject({ to: z.union([CivilDateText, z.literal('next_deadline')]) }).openapi('AdvanceTo'),
  ])
  .openapi('AdvanceDate')

const json = (description: string) => ({ description, content: { 'application/json': { schema: BroadcastAnswer } } })
const advanceRoute = createRoute({
  method: 'post',
  path: '/api/v1/training/advances',
  operationId: 'advanceDate',
  tags: ['installation'],
  summary: 'Move the date forward (training installations only)',
  security: secured,
  request: { headers: KeyHeader, body: { required: true, content: { 'application/json': { schema: AdvanceBody } } } },
  responses: { 200: json('Every case has lived through it'), 202: json('Under way'), ...problems },
})
const progressRoute = createRoute({
  method: 'get',
  path: '/api/v1/training/advances/{advance}',
  operationId: 'getAdvance',
  tags: ['installation'],
  summary: 'How far an advance of the date has come',
  security: secured,
  request: {
    params: z.object({
      advance: z
        .string()
        .max(60)
        .openapi({ param: { name: 'advance', in: 'path' } }),
    }),
    headers: PreferHeader,
  },
  responses: { 200: json('Progress'), ...problems },
})

const NOT_AHEAD = {
  fr: 'La date ne peut qu’avancer, et vers un moment à venir.',
  en: 'The date can only move forward, to a moment still to come.',
}

export const registerTraining = (app: ApiApp, deps: Deps): void => {
  app.openapi(advanceRoute, async (c) => {
    const session = sessionOf(c)
    if (deps.installation.kind !== 'training') throw problem('service_installation')
    const key = keyOf(c.req.valid('header')['Idempotency-Key'] ?? null)
    const present = await deps.present()
    const target = await targetOf(deps, present, c.req.valid('json'))
    if (target === null)
      throw problem('answers_invalid', {
        detail: NOT_AHEAD,
        errors: [{ pointer: '/to', code: 'not_offered', message: NOT_AHEAD }],
      })
    const id = broadcastId(deps, 'advance', session.user, key)
    const ahead = target - present.now
    await declare(deps, 'advance', id, session.user, String(ahead), (newest) => ({
      ...newest,
      offsetMs: newest.offsetMs + ahead,
    }))
    const { wait } = preferenceOf(c.req.valid('header').Prefer)
    const progress = await progressWithin(deps, id, c.var.language, wait)
    return c.json(progress, progress.status === 'done' ? 200 : 202, { Location: progress.href })
  })
  app.openapi(progressRoute, async (c) => {
    const { wait } = preferenceOf(c.req.valid('header').Prefer)
    return c.json(await progressWithin(deps, c.req.valid('param').advance, c.var.language, wait), 200)
  })
}
