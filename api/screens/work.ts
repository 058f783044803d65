/** Work queues: mine, my places', and what is overdue; one shape for all. */

import { z } from '@hono/zod-openapi'
import { latenessText } from '../../cases/words/deadlines.ts'
import { instantText } from '../../cases/words/dates.ts'
import { dayOf } from '../../cases/clocks/civil.ts'
import { STAGES } from '../../procedures/language/compiled.ts'
import { readPeople } from '../../database/queries/people.ts'
import { type WorkCursor, type WorkFilter, workCounts, workRows, type WorkRow } from '../../database/queries/work.ts'
import { labelsFrom, type CaseLabels } from '../acts/labels.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, ApiContext, Deps, Language } from '../deps.ts'
import { orNull } from '../openapi/or-null.ts'
import { named, namedOrNull } from '../words/named.ts'
import { personLabel } from '../words/person.ts'
import { cursorOf, nextPage, readCursor } from './cursor.ts'
import { none, reads } from './route.ts'
import { under, viewerOf } from './viewer.ts'

const WorkList = z
  .looseObject({
    as_of: z.string(),
    counts: z.looseObject({ late: z.number().int() }),
    items: z.array(
      z.looseObject({
        id: z.string(),
        title: z.string(),
        href: z.string(),
        case: z.looseObject({ number: z.string() }),
      }),
    ),
    next: orNull(z.string()),
  })
  .openapi('WorkList')
const filters = {
  place: z.string().max(60).optional(),
  stage: z.enum(STAGES).optional(),
  procedure: z.string().max(60).optional(),
  step: z.string().max(60).optional(),
  owner: z.string().max(60).optional(),
  role: z.string().max(60).optional(),
  case: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  cursor: z.string().max(600).optional(),
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
interface Cursor extends WorkCursor {
  as_of: number
}

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
  const { settings, now } = await deps.present()
  const cursor = query.cursor === undefined ? null : readCursor<Cursor>(deps.idKey, session.user, query.cursor)
  const asOf = cursor?.as_of ?? now
  const limit = query.limit ?? 25
  const filter: WorkFilter = {
    ...asked,
    place: query.place === undefined ? null : under(query.place, settings),
    stage: query.stage ?? null,
    procedure: query.procedure ?? null,
    step: query.step ?? null,
    owner: query.owner === 'me' ? session.user : (query.owner ?? null),
    role: query.role ?? null,
    number: query.case ?? null,
  }
  const viewer = viewerOf(session, settings)
  const [rows, counts, names] = await Promise.all([
    workRows(deps.sql, viewer, filter, new Date(asOf), { limit: limit + 1, after: cursor }),
    workCounts(deps.sql, viewer, { ...filter, clock: asked.clock === 'late' ? 'late' : null }, new Date(asOf)),
    deps.names(),
  ])
  const shown = rows.slice(0, limit)
  const people = await readPeople(deps.sql, deps.ring, [...new Set(shown.map((row) => row.caseId))])
  const { language } = c.var
  const labels = labelsFrom({ country: deps.country, names, language, self: session.user, state: null })
  const titled = (procedure: string, step: string): string => titleOf(deps, procedure, step, language)
  const last = rows.length > limit ? shown.at(-1) : undefined
  const next =
    last &&
    cursorOf(deps.idKey, session.user, {
      due: last.due?.getTime() ?? null,
      caseId: last.caseId,
      item: last.item,
      as_of: asOf,
    })
  const body = {
    as_of: new Date(asOf).toISOString(),
    counts: {
      late: counts.late,
      due_today: counts.dueToday,
      later: counts.later,
      by_step: counts.byStep.map((one) => ({
        step: { id: `${one.procedure}.${one.step}`, label: titled(one.procedure, one.step) },
        late: one.late,
      })),
    },
    items: shown.map((row) => ({
      ...itemOf(row, labels, titled, { now: asOf, language, settings }),
      case: {
        number: row.number,
        person: personLabel(people.get(row.caseId)),
        stage: named(row.caseStage, labels.stage),
      },
    })),
    next: nextPage(c.req.url, next ?? null),
  }
  return c.json(body as z.infer<typeof WorkList>, 200)
}

export function titleOf(deps: Deps, procedure: string, step: string, language: Language): string {
  const found = deps.country.procedures[procedure]?.steps.find((one) => one.id === step)
  return found?.title[language] ?? step
}

interface Telling {
  now: number
  language: Language
  settings: Awaited<ReturnType<Deps['present']>>['settings']
}
function itemOf(row: WorkRow, labels: CaseLabels, titled: (procedure: string, step: string) => string, told: Telling) {
  const id = `${row.number}.${row.item}`
  return {
    id,
    title: titled(row.procedure, row.step),
    kind: row.kind,
    state: row.state,
    procedure: { id: row.procedure, version: row.version },
    place: namedOrNull(row.place, labels.place),
    roles: row.roles.map((role) => named(role, labels.role)),
    owner: namedOrNull(row.owner, labels.user),
    waiting_for: row.partner === null ? null : { kind: 'partner', id: row.partner, label: row.partner },
    open_since: row.opened.toISOString(),
    deadline: row.due && row.clock ? deadline(row, row.due, labels, told) : null,
    href: `/api/v1/work/${id}`,
  }
}

function deadline(row: WorkRow, due: Date, labels: CaseLabels, { now, language, settings }: Telling) {
  const at = due.getTime()
  const today = dayOf(now)
  const clock = {
    target: at,
    place: row.place,
    unit: row.clock?.endsWith('.due') ? 'working_days' : 'days',
    heldBy: [],
  }
  const late = row.state === 'open' && at < now
  const lateness = late ? latenessText(clock as never, now, settings, language) : null
  return {
    clock: `${row.number}.${row.clock}`,
    state: row.state === 'held' ? 'held' : late ? 'late' : 'on_time',
    at: due.toISOString(),
    text: lateness ? `${instantText(at, language, today)} — ${lateness}` : instantText(at, language, today),
    fired: row.fired,
    next_rung: row.nextRung ? { at: row.nextRung.toISOString(), to: named(row.nextRungRole ?? '', labels.role) } : null,
  }
}
