/** What became of an act that was sent before: asked by its key, by the one who sent it. */

import { createRoute, z } from '@hono/zod-openapi'
import type { ActName } from '../../cases/actions.ts'
import { entriesIn } from '../../cases/view.ts'
import { type Receipt, receiptOf } from '../../database/queries/one-case.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, ApiContext, Deps } from '../context/deps.ts'
import { preferenceOf, PreferHeader, secured } from '../openapi/parameters.ts'
import { problemBody } from '../problems/answer.ts'
import { problem } from '../problems/problem.ts'
import { problems } from '../openapi/problem.ts'
import { acceptedBody, asPreferred, receiptHref, recordedBody } from './answer-body.ts'
import { type LoadedCase, loadCase, entriesOf } from '../case/load-case.ts'
import { actionId } from '../case/idempotency.ts'
import { gatherRefusal } from './gather-refusal.ts'
import { ActionAnswer, type ActionBody } from './schema.ts'
import { awaitAct, type Sent } from './send.ts'

/** Asks for the stage only, when the client did not ask to wait. */
const AT_ONCE_MS = 1000

const parameters = (name: 'case' | 'arrival') => ({
  params: z.object({
    [name]: z.string().max(60),
    key: z.uuid().openapi({ param: { name: 'key', in: 'path' }, description: 'The Idempotency-Key of the act' }),
  }),
  headers: PreferHeader,
})
const routeFor = (name: 'case' | 'arrival', path: string, operationId: string) =>
  createRoute({
    method: 'get',
    path: `${path}/actions/{key}`,
    operationId,
    tags: ['actions'],
    summary: 'What became of an act that was accepted; 404 when it never arrived',
    security: secured,
    request: parameters(name),
    responses: {
      200: { description: 'So far', content: { 'application/json': { schema: ActionAnswer } } },
      ...problems,
    },
  })

/** Which act a key belongs to is not in the address: the id of each is tried. */
const findSent = async (deps: Deps, loaded: LoadedCase, key: string, acts: readonly ActName[]) => {
  for (const act of acts) {
    const id = actionId(deps.idKey, loaded.session.user, act, loaded.caseId, key)
    const receipt = await receiptOf(deps.sql, loaded.caseId, id)
    if (receipt !== undefined) return { act, id, receipt }
  }
  return undefined
}

/**
 * Of an act on what its author may no longer know of, nothing is told. What anybody may report in confidence was never
 * shown to them: that it was received is.
 */
const isHidden = async (
  deps: Deps,
  loaded: LoadedCase,
  act: ActName,
  { fromSeq, toSeq }: Receipt,
): Promise<boolean> => {
  const entries = await entriesOf(deps, loaded.caseId, fromSeq - 1, toSeq)
  const led = entries.filter(({ event }) => event.kind !== 'action_taken')
  return act !== 'begin_procedure' && led.length > 0 && entriesIn(loaded.seen, led).length === 0
}

/** What the engine knows of a key whose act is not recorded. */
const pending = async (deps: Deps, loaded: LoadedCase, key: string, acts: readonly ActName[], waitMs: number) => {
  const asked = await Promise.all(
    acts.map(async (act): Promise<{ act: ActName; id: string; sent: Sent }> => {
      const id = actionId(deps.idKey, loaded.session.user, act, loaded.caseId, key)
      return { act, id, sent: await awaitAct(deps.temporal, loaded.caseId, id, waitMs) }
    }),
  )
  return asked.find((one) => one.sent.kind !== 'gone')
}

const answerReceipt = async (
  c: ApiContext,
  deps: Deps,
  loaded: LoadedCase,
  key: string,
  acts: readonly ActName[],
): Promise<ActionBody> => {
  const { wait } = preferenceOf(c.req.header('Prefer'))
  const kept = await findSent(deps, loaded, key, acts)
  if (kept !== undefined) {
    if (await isHidden(deps, loaded, kept.act, kept.receipt)) throw problem('not_found')
    return recordedBody(deps, loaded, { id: kept.id, digest: kept.receipt.digest }, key, kept.receipt)
  }
  const found = await pending(deps, loaded, key, acts, wait === 0 ? AT_ONCE_MS : wait * 1000)
  if (found === undefined) throw problem('not_found')
  const { act, sent } = found
  const base = { key, act, href: receiptHref(loaded, key) }
  switch (sent.kind) {
    case 'recorded': {
      const receipt = await receiptOf(deps.sql, loaded.caseId, found.id)
      if (receipt === undefined) return acceptedBody(loaded, act, key)
      return recordedBody(deps, loaded, { id: found.id, digest: receipt.digest }, key, sent.answer)
    }
    case 'accepted':
    case 'late':
      return acceptedBody(loaded, act, key)
    case 'refused': {
      const why = await gatherRefusal(deps, loaded, { item: null, procedure: null, draft: null }, sent.refusal, [])
      return {
        ...base,
        status: 'refused',
        problem: problemBody(why, loaded.language, c.var.requestId),
      }
    }
    case 'stopped':
    case 'gone':
      return { ...base, status: 'failed' }
  }
}

/** Receipts of one kind of case: `path` ends in its parameter. */
export const registerReceipts = (app: ApiApp, deps: Deps, name: 'case' | 'arrival', acts: readonly ActName[]): void => {
  const route =
    name === 'case'
      ? routeFor(name, '/api/v1/cases/{case}', 'getAction')
      : routeFor(name, '/api/v1/arrivals/{arrival}', 'getArrivalAction')
  app.openapi(route, async (c) => {
    const { key } = c.req.valid('param')
    const loaded = await loadCase(deps, sessionOf(c), c.var.language, c.req.param(name) ?? '')
    const body = await answerReceipt(c, deps, loaded, String(key).toLowerCase(), acts)
    const headers: Record<string, string> = body.status === 'accepted' ? { 'Retry-After': '2' } : {}
    const { minimal } = preferenceOf(c.req.header('Prefer'))
    const told = asPreferred(minimal && body.status === 'recorded', body, headers)
    return c.json(told.body, 200, told.headers)
  })
}
