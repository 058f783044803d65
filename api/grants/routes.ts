/** Who is given which role: at once, or, where it opens restricted work, when somebody who holds it has signed. */

import { createHmac } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import { addGrant, answerGrant, grantById, grantsFor } from '../../database/queries/grants.ts'
import { contentDigest, keyOf } from '../case/idempotency.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, ApiContext, Caller, Deps } from '../context/deps.ts'
import { KeyHeader, secured } from '../openapi/parameters.ts'
import { problem } from '../problems/problem.ts'
import { problems } from '../openapi/problem.ts'
import { mustAdminister, needsSignature } from './check-grant.ts'
import { describeGrant } from './describe.ts'
import { administers, ADMINISTRATOR, knowsOf, pairsOf, signsAs, type Standing, standingOf } from './may-sign.ts'
import { GrantAnswer, GrantBody, GrantList, GrantReply } from './schema.ts'

/** So that a week's leave of the only one who could sign does not undo it. */
const WAITS_MS = 14 * 86_400_000

const json = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})
const common = { tags: ['people'], security: secured }
const askRoute = createRoute({
  ...common,
  method: 'post',
  path: '/api/v1/grants',
  operationId: 'grantRole',
  summary: 'Give somebody a role at a place; one that opens restricted work waits for a signature of whoever holds it',
  request: { headers: KeyHeader, body: { required: true, content: { 'application/json': { schema: GrantBody } } } },
  responses: {
    201: json(GrantAnswer, 'Given; or, while `state` is `waiting`, only asked for'),
    ...problems,
  },
})
const listRoute = createRoute({
  ...common,
  method: 'get',
  path: '/api/v1/grants',
  operationId: 'listGrants',
  summary: 'What I asked for, what waits for my signature, and what was given; the newest hundred',
  request: { query: z.strictObject({}) },
  responses: { 200: json(GrantList, 'Grants, newest first'), ...problems },
})
const answerRoute = createRoute({
  ...common,
  method: 'post',
  path: '/api/v1/grants/{grant}/actions/answer',
  operationId: 'answerGrant',
  summary: 'Sign a grant that waits, or refuse it',
  request: {
    params: z.object({
      grant: z
        .string()
        .max(60)
        .openapi({ param: { name: 'grant', in: 'path' } }),
    }),
    body: { required: true, content: { 'application/json': { schema: GrantReply } } },
  },
  responses: { 200: json(GrantAnswer, 'Answered'), ...problems },
})
const OVER = {
  fr: 'Cette demande a déjà reçu sa réponse, ou son délai est passé : relisez la liste.',
  en: 'This request was answered already, or its time has passed: read the list again.',
}

const callerOf = async (c: ApiContext, deps: Deps): Promise<Caller & { standing: Standing }> => {
  const present = await deps.present()
  const standing = await standingOf(deps, present)
  return { deps, session: sessionOf(c), present, language: c.var.language, standing }
}

export const registerGrants = (app: ApiApp, deps: Deps): void => {
  app.openapi(askRoute, async (c) => {
    const caller = await callerOf(c, deps)
    const { session, standing } = caller
    const body = c.req.valid('json')
    mustAdminister(caller, body.place, standing)
    const key = keyOf(c.req.valid('header')['Idempotency-Key'] ?? null)
    const content = createHmac('sha256', deps.idKey).update(`grant|${session.user}|${key}`)
    const id = `grant-${content.digest('hex').slice(0, 12)}`
    const digest = contentDigest(deps.idKey, 'grant', body)
    if ((await grantById(deps.sql, id)) === undefined) {
      const waits = await needsSignature(caller, body, standing)
      const asked = new Date(standing.now)
      const expires = waits ? new Date(standing.now + WAITS_MS) : null
      const { until = null, ...wanted } = body
      const { user: by, principal } = session
      await addGrant(deps.sql, { id, digest, ...wanted, until, by, holds: principal.holds, asked, expires })
    }
    const kept = await grantById(deps.sql, id)
    if (kept?.digest !== digest) throw problem('key_reused')
    return c.json(await describeGrant(caller, kept, standing), 201)
  })
  app.openapi(listRoute, async (c) => {
    const caller = await callerOf(c, deps)
    const { session, standing } = caller
    const { circles, places } = standing
    const administered = Object.keys(places).filter((place) => administers(session, place, places))
    const pairs = pairsOf(session, circles, places)
    const found = await grantsFor(deps.sql, { user: session.user, places: administered, pairs })
    const items = await Promise.all(found.map((one) => describeGrant(caller, one, standing)))
    return c.json({ items, next: null }, 200)
  })
  app.openapi(answerRoute, async (c) => {
    const caller = await callerOf(c, deps)
    const { session, standing } = caller
    const grant = await grantById(deps.sql, c.req.valid('param').grant)
    if (grant === undefined || !knowsOf(grant, session, standing)) throw problem('not_found')
    const state = c.req.valid('json').answer === 'signed' ? 'granted' : 'refused'
    const { user } = session
    const as = signsAs(grant, user, standing) ?? (state === 'refused' && grant.by === user ? ADMINISTRATOR : null)
    const again = grant.state === state && grant.answered?.by === user
    if (as === null && !again)
      throw problem('second_person_required', { more: { who: (await describeGrant(caller, grant, standing)).who } })
    const taken =
      as !== null && (await answerGrant(deps.sql, grant, { by: user, as, at: new Date(standing.now), state }))
    if (!taken && !again) throw problem('changed_since_seen', { detail: OVER })
    const kept = (await grantById(deps.sql, grant.id)) ?? grant
    return c.json(await describeGrant(caller, kept, standing), 200)
  })
}
