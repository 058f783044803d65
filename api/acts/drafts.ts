/** Drafts of a form: sealed in the database, never an entry of the ledger, never through the workflow. */

import { createRoute, z } from '@hono/zod-openapi'
import { deleteDraft, saveDraft } from '../../database/queries/drafts.ts'
import { workOf } from '../../cases/progress/draft.ts'
import { type LoadedCase, loadCase } from '../case/load-case.ts'
import { telephoneErrorsIn, telephonesHere } from './training-telephones.ts'
import { AbsentBody, AnswersBody, EvidenceBody } from '../openapi/bodies.ts'
import { itemFromPublic } from '../case/public-id.ts'
import { gatherRefusal } from './gather-refusal.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, ApiContext, Deps } from '../context/deps.ts'
import { secured } from '../openapi/parameters.ts'
import { problem } from '../problems/problem.ts'
import { problems } from '../openapi/problem.ts'

const ItemParam = z.object({
  item: z
    .string()
    .max(120)
    .openapi({ param: { name: 'item', in: 'path' }, example: '26-3416-724.plan-k7m.draft.1' }),
})
const DraftBody = z
  .strictObject({
    outcome: z.string().max(60).optional(),
    answers: AnswersBody.default({}),
    absent: AbsentBody.default({}),
    evidence: EvidenceBody.default({}),
  })
  .openapi('DraftContent')

const saveRoute = createRoute({
  method: 'put',
  path: '/api/v1/work/{item}/draft',
  operationId: 'saveDraft',
  tags: ['work'],
  summary: 'Keep what is filled so far; nothing is checked',
  security: secured,
  request: { params: ItemParam, body: { required: true, content: { 'application/json': { schema: DraftBody } } } },
  responses: { 204: { description: 'Kept' }, ...problems },
})
const dropRoute = createRoute({
  method: 'delete',
  path: '/api/v1/work/{item}/draft',
  operationId: 'deleteDraft',
  tags: ['work'],
  summary: 'Forget the draft',
  security: secured,
  request: { params: ItemParam },
  responses: { 204: { description: 'Forgotten' }, ...problems },
})

const loadItem = async (c: ApiContext, deps: Deps, publicId: string) => {
  const { number, item } = itemFromPublic(publicId)
  const loaded = await loadCase(deps, sessionOf(c), c.var.language, number)
  const [run = '', step = ''] = item.split('.')
  if (loaded.seen.runs[run]?.steps[step] === undefined) throw problem('not_found')
  return { loaded, item }
}

/** The one thing that is not kept, however unfinished the form is. */
const refuseTelephones = async (deps: Deps, loaded: LoadedCase, item: string, answers: Record<string, unknown>) => {
  const like = telephonesHere(deps)
  const form = workOf(loaded.seen, loaded.world, item)?.rule.form ?? []
  const errors = like === null ? [] : telephoneErrorsIn(form, answers, like)
  if (errors.length > 0) throw await gatherRefusal(deps, loaded, { item, procedure: null, draft: null }, null, errors)
}

export const registerDrafts = (app: ApiApp, deps: Deps): void => {
  app.openapi(saveRoute, async (c) => {
    const { loaded, item } = await loadItem(c, deps, c.req.valid('param').item)
    const content = c.req.valid('json')
    await refuseTelephones(deps, loaded, item, content.answers)
    await saveDraft(deps.sql, deps.ring, {
      caseId: loaded.caseId,
      item,
      user: loaded.session.user,
      content,
      at: deps.realNow(),
    })
    return c.body(null, 204)
  })
  app.openapi(dropRoute, async (c) => {
    const { loaded, item } = await loadItem(c, deps, c.req.valid('param').item)
    await deleteDraft(deps.sql, { caseId: loaded.caseId, item, user: loaded.session.user })
    return c.body(null, 204)
  })
}
