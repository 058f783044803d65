/** Who read what is sealed about the person of a case: for the data protection officer, who may tell that person. */

import { z } from '@hono/zod-openapi'
import { answer, Named } from '../openapi/answers.ts'
import { holdsRole } from '../../cases/who-may.ts'
import { readsOf } from '../../database/queries/reads.ts'
import { loadCase } from '../case/load-case.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, Deps } from '../context/deps.ts'
import { PageQuery, PageSays } from '../openapi/page.ts'
import { CaseParam } from '../openapi/parameters.ts'
import { problem } from '../problems/problem.ts'
import { named } from '../texts/names.ts'
import { pageAsked, pageEnd } from '../auth/cursor.ts'
import { none, reads } from '../openapi/read-route.ts'

const ROLE = 'data_protection'
const PAGE = 100

const ReadAnswer = answer({
  at: z.string(),
  by: Named,
  purpose: z.string().openapi({ description: 'Operation by which it was read', example: 'getWorkItem' }),
  run: z.string().optional().openapi({ description: 'Of a restricted procedure only' }),
}).openapi('Read')
const ReadList = answer({
  items: z.array(ReadAnswer),
  ...PageSays,
}).openapi('ReadList')
const route = reads({
  path: '/api/v1/cases/{case}/reads',
  operationId: 'listReads',
  tag: 'cases',
  summary: 'Who read what is sealed about this person, and on which screen; for the data protection officer',
  schema: ReadList,
  params: CaseParam,
  query: none.extend(PageQuery),
})

export const registerReads = (app: ApiApp, deps: Deps): void => {
  app.openapi(route, async (c) => {
    const loaded = await loadCase(deps, sessionOf(c), c.var.language, c.req.valid('param').case)
    const { session, seen, world } = loaded
    const place = seen.facts['home'] ?? seen.facts['centre'] ?? null
    if (!holdsRole(session.principal, ROLE, typeof place === 'string' ? place : null, world.settings.places))
      throw problem('role_required')
    const { limit = PAGE, cursor } = c.req.valid('query')
    const page = pageAsked<string>(deps, c, cursor, world.now)
    const asked = { runs: Object.keys(seen.runs), limit: limit + 1, before: page.after }
    const found = await readsOf(deps.sql, loaded.caseId, asked)
    const shown = found.slice(0, limit)
    const labels = loaded.labelsOf(loaded.state)
    const items = shown.map(({ at, user, purpose, run }) => ({
      at: at.toISOString(),
      by: named(user, labels.user),
      purpose,
      ...(run === null ? {} : { run }),
    }))
    const last = found.length > limit ? (shown.at(-1)?.id ?? null) : null
    const body: z.infer<typeof ReadList> = { items, ...pageEnd(deps, c, page, last) }
    return c.json(body, 200)
  })
}
