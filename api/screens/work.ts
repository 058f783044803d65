/** Work queues: mine, my places', and what is overdue; one shape for all. */

import { z } from '@hono/zod-openapi'
import { parseItem } from '../../cases/item.ts'
import { isMiscopied, normalNumber } from '../../cases/number.ts'
import { asViewer } from '../../database/as-viewer.ts'
import { draftTimes } from '../../database/queries/drafts.ts'
import { readPeople } from '../../database/queries/people.ts'
import { type Read, Reading } from '../../database/queries/reads.ts'
import { workCounts, type WorkCursor, type WorkFilter, type WorkRow, workRows } from '../../database/queries/work.ts'
import { STAGES } from '../../procedures/language/compiled.ts'
import { type CaseLabels, labelsFrom } from '../case/labels.ts'
import { MISCOPIED } from '../case/public-id.ts'
import type { Session } from '../context/session.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, ApiContext, Deps } from '../context/deps.ts'
import { PageQuery } from '../openapi/page.ts'
import { problem } from '../problems/problem.ts'
import { named, partnerNames, personLabel } from '../texts/names.ts'
import { pageAsked, pageEnd } from '../auth/cursor.ts'
import { OwnerFilter, ownerAsked } from './owner-filter.ts'
import { none, reads } from '../openapi/read-route.ts'
import { under, viewerOf } from '../case/viewer.ts'
import { WorkList, type WorkListBody } from './work-schema.ts'
import { rowBody } from './work-row.ts'
import { textOf } from '../texts/form-texts.ts'

const filters = {
  place: z.string().max(60).optional(),
  stage: z.enum(STAGES).optional(),
  procedure: z.string().max(60).optional(),
  step: z.string().max(60).optional(),
  owner: OwnerFilter,
  role: z.string().max(60).optional(),
  case: z.string().max(40).optional(),
  ...PageQuery,
}
const workQuery = z.strictObject({
  ...filters,
  scope: z.enum(['mine', 'places']).optional(),
  clock: z.enum(['soon', 'late', 'held']).optional(),
})
const workRoute = reads({
  path: '/api/v1/work',
  operationId: 'listWork',
  tag: 'work',
  summary: 'Work that waits for me or my places, worst first',
  schema: WorkList,
  params: none,
  query: workQuery,
})
const overdueRoute = reads({
  path: '/api/v1/overdue',
  operationId: 'listOverdue',
  tag: 'work',
  summary: 'What is late at my places, worst first',
  schema: WorkList,
  params: none,
  query: z.strictObject(filters),
})

export const registerWork = (app: ApiApp, deps: Deps): void => {
  app.openapi(workRoute, async (c) => {
    const query = c.req.valid('query')
    const scope = query.scope ?? 'mine'
    return list(c, deps, query, { scope, clock: query.clock ?? null })
  })
  app.openapi(overdueRoute, async (c) => list(c, deps, c.req.valid('query'), { scope: 'places', clock: 'late' }))
}

async function list(
  c: ApiContext,
  deps: Deps,
  query: z.infer<ReturnType<typeof z.strictObject<typeof filters>>>,
  asked: Pick<WorkFilter, 'scope' | 'clock'>,
) {
  const session = sessionOf(c)
  const { settings, now } = session
  const page = pageAsked<WorkCursor>(deps, c, query.cursor, now)
  const { asOf } = page
  const limit = query.limit ?? 25
  const filter: WorkFilter = {
    ...asked,
    place: query.place === undefined ? null : under(query.place, settings),
    stage: query.stage ?? null,
    procedure: query.procedure ?? null,
    step: query.step ?? null,
    owner: ownerAsked(query.owner, session),
    role: query.role ?? null,
    number: query.case === undefined ? null : numberAsked(query.case),
  }
  const viewer = viewerOf(session)
  const wanted = { limit: limit + 1, after: page.after }
  const late: WorkFilter = { ...filter, clock: asked.clock === 'late' ? 'late' : null }
  const [[rows, counts], names] = await Promise.all([
    asViewer(deps.sql, viewer, (lists) =>
      Promise.all([
        workRows(lists, viewer, filter, new Date(asOf), wanted),
        workCounts(lists, viewer, late, new Date(asOf)),
      ]),
    ),
    deps.names(),
  ])
  const shown = rows.slice(0, limit)
  const cases = [...new Set(shown.map((row) => row.caseId))]
  const purpose = asked.clock === 'late' && asked.scope === 'places' ? 'listOverdue' : 'listWork'
  const reading = Reading.by(deps.sql, readsIn(shown, session.user, purpose))
  const [people, drafts, partner] = await Promise.all([
    readPeople(deps.sql, deps.ring, cases, reading),
    draftTimes(deps.sql, session.user, cases),
    partnerNames(
      deps,
      shown.map((row) => row.partner),
    ),
  ])
  const { language } = c.var
  const labels = labelsFrom({ country: deps.country, names, language, self: session.user, state: null })
  const telling = { country: deps.country, settings, session, scope: asked.scope, labels, partner, now: asOf, language }
  const last = rows.length > limit ? shown.at(-1) : undefined
  const next = last ? { due: last.due?.getTime() ?? null, caseId: last.caseId, item: last.item } : null
  const body: WorkListBody = {
    counts: {
      late: counts.late,
      due_today: counts.dueToday,
      later: counts.later,
      by_step: counts.byStep.map((one) => ({
        step: {
          id: `${one.procedure}.${one.step}`,
          label: textOf(deps.country, one.procedure, one.step)?.title[language] ?? one.step,
        },
        late: one.late,
      })),
    },
    items: shown.map((row) => ({
      ...rowBody(row, telling),
      draft: draftOf(drafts.get(`${row.caseId}.${row.item}`), session, labels),
      case: {
        number: row.number,
        person: personLabel(people.get(row.caseId)),
        stage: named(row.caseStage, labels.stage),
      },
    })),
    ...pageEnd(deps, c, page, next),
  }
  return c.json(body, 200)
}

/** However it was typed; what cannot be a number is refused, since an empty list would say that nothing waits there. */
const numberAsked = (typed: string): string => {
  if (!isMiscopied(typed)) return normalNumber(typed) ?? typed
  const errors = [{ pointer: '/case', code: 'miscopied', message: MISCOPIED }]
  throw problem('unreadable', { detail: MISCOPIED, errors })
}

/** One read for the whole list, and one for each restricted item, which only its people are told of. */
const readsIn = (rows: WorkRow[], user: string, purpose: string): Read[] => {
  const ordinary = rows.filter((row) => !row.restricted).map((row) => row.caseId)
  const restricted = rows.filter((row) => row.restricted)
  return [
    { user, purpose, run: null, caseIds: [...new Set(ordinary)] },
    ...restricted.map(({ caseId, item }) => ({ user, purpose, run: parseItem(item)?.run ?? null, caseIds: [caseId] })),
  ]
}

/** null when this person has kept nothing for it. */
const draftOf = (saved: Date | undefined, { user }: Session, labels: CaseLabels) =>
  saved ? { by: named(user, labels.user), at: saved.toISOString() } : null
