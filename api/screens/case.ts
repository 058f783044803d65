/** Cases: the list of those at my places, and one with everything that is open in it. */

import { z } from '@hono/zod-openapi'
import { liveItems, workOf } from '../../cases/progress/draft.ts'
import { spokenClock } from '../../cases/overview.ts'
import { whyNot } from '../../cases/why-not.ts'
import { STAGES } from '../../procedures/language/compiled.ts'
import { asViewer } from '../../database/as-viewer.ts'
import { listCases, mergedCases } from '../../database/queries/cases.ts'
import { readPeople } from '../../database/queries/people.ts'
import { Reading } from '../../database/queries/reads.ts'
import { type LoadedCase, loadCase } from '../case/load-case.ts'
import { labelsFrom } from '../case/labels.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, Deps } from '../context/deps.ts'
import { PageQuery } from '../openapi/page.ts'
import { CaseParam } from '../openapi/parameters.ts'
import { named, namedOrNull, personLabel } from '../texts/names.ts'
import { Case, type CaseBody, CaseList, type CaseListBody } from './case-schema.ts'
import { budgetsOf } from './budgets.ts'
import { pageAsked, pageEnd } from '../auth/cursor.ts'
import { offeredOnCase, type Permitted } from '../acts/offered.ts'
import { readingOf } from '../case/reading.ts'
import { deadlineOf } from './deadline.ts'
import { OwnerFilter, ownerAsked } from './owner-filter.ts'
import { none, reads } from '../openapi/read-route.ts'
import { householdOf } from './household.ts'
import { under, viewerOf } from '../case/viewer.ts'

const listRoute = reads({
  path: '/api/v1/cases',
  operationId: 'listCases',
  tag: 'cases',
  summary: 'Cases at my places, newest first',
  schema: CaseList,
  params: none,
  query: z.strictObject({
    owner: OwnerFilter,
    place: z.string().max(60).optional(),
    stage: z.enum(STAGES).optional(),
    status: z.enum(['open', 'closed']).optional(),
    ...PageQuery,
  }),
})
const caseRoute = reads({
  path: '/api/v1/cases/{case}',
  operationId: 'getCase',
  tag: 'cases',
  summary: 'One case: person, runs, open steps, consents, what may be done',
  schema: Case,
  params: CaseParam,
  query: none,
})

export const registerCases = (app: ApiApp, deps: Deps): void => {
  app.openapi(listRoute, async (c) => {
    const session = sessionOf(c)
    const query = c.req.valid('query')
    const { settings, now } = session
    const page = pageAsked<{ opened: number; caseId: string }>(deps, c, query.cursor, now)
    const limit = query.limit ?? 25
    const filter = {
      owner: ownerAsked(query.owner, session),
      place: query.place === undefined ? null : under(query.place, settings),
      stage: query.stage ?? null,
      status: query.status ?? null,
    }
    const viewer = viewerOf(session)
    const wanted = { limit: limit + 1, after: page.after }
    const rows = await asViewer(deps.sql, viewer, (lists) => listCases(lists, viewer, filter, wanted))
    const shown = rows.slice(0, limit)
    const caseIds = shown.map((row) => row.caseId)
    const reading = Reading.by(deps.sql, [{ user: session.user, purpose: 'listCases', caseIds, run: null }])
    const [people, names] = await Promise.all([readPeople(deps.sql, deps.ring, caseIds, reading), deps.names()])
    const labels = labelsFrom({
      country: deps.country,
      names,
      language: c.var.language,
      self: session.user,
      state: null,
    })
    const last = rows.length > limit ? shown.at(-1) : undefined
    const next = last ? { opened: last.opened.getTime(), caseId: last.caseId } : null
    const items = shown.map((row) => ({
      number: row.number,
      person: personLabel(people.get(row.caseId)),
      status: row.status,
      stage: named(row.stage, labels.stage),
      opened: row.opened.toISOString().slice(0, 10),
      place: namedOrNull(row.place, labels.place),
      case_manager: namedOrNull(row.caseManager, labels.user),
      arrival: row.arrival,
      href: `/api/v1/cases/${row.number}`,
    }))
    const body: CaseListBody = { items, ...pageEnd(deps, c, page, next) }
    return c.json(body, 200)
  })
  app.openapi(caseRoute, async (c) => {
    const loaded = await loadCase(deps, sessionOf(c), c.var.language, c.req.valid('param').case)
    const [people, merged, together, actions] = await Promise.all([
      readPeople(deps.sql, deps.ring, [loaded.caseId], readingOf(deps, loaded, 'getCase', null)),
      mergedCases(deps.sql, loaded.number),
      householdOf(deps, loaded),
      offeredOnCase(deps, loaded),
    ])
    const person = people.get(loaded.caseId) ?? null
    const body: CaseBody = { ...told(deps, loaded, actions), person, ...together, merged: merged.map(linkTo) }
    return c.json(body, 200)
  })
}

const linkTo = (number: string) => ({ number, href: `/api/v1/cases/${number}` })

type Told = Omit<CaseBody, 'person' | 'arrival' | 'household' | 'merged'>

function told(deps: Deps, loaded: LoadedCase, actions: Permitted[]): Told {
  const { seen, number, world, language } = loaded
  const labels = loaded.labelsOf(loaded.state)
  const text = (fact: string): string | null => (typeof seen.facts[fact] === 'string' ? String(seen.facts[fact]) : null)
  const base = `/api/v1/cases/${number}`
  return {
    number,
    href: base,
    status:
      seen.status !== 'closed' ? ('open' as const) : text('merged_into') ? ('merged' as const) : ('closed' as const),
    stage: named(seen.stage, labels.stage),
    opened: new Date(seen.opened).toISOString().slice(0, 10),
    closed: seen.closed
      ? { on: new Date(seen.closed.at).toISOString().slice(0, 10), reason: seen.closed.reason }
      : null,
    merged_into: text('merged_into') ? linkTo(text('merged_into') ?? '') : null,
    place: namedOrNull(text('home') ?? text('centre'), labels.place),
    case_manager: namedOrNull(text('case_manager'), labels.user),
    runs: Object.entries(seen.runs).map(([id, run]) => ({
      id,
      procedure: {
        id: run.procedure.id,
        version: run.procedure.version,
        label: deps.country.procedures[run.procedure.id]?.title[language] ?? run.procedure.id,
      },
      state: run.status,
      since: new Date(run.begun).toISOString().slice(0, 10),
      ...budgetsOf(deps, loaded, id, run),
    })),
    open_steps: liveItems(seen).flatMap(({ item }) => {
      const work = workOf(seen, world, item)
      if (!work) return []
      const spoken = spokenClock(seen.clocks, item)
      return [
        {
          id: `${number}.${item}`,
          title: labels.step(item),
          state: work.step.status,
          you_may_act:
            work.step.status === 'open' && whyNot(loaded.state, work, loaded.session.principal, world) === null,
          owner: namedOrNull(work.step.owner ?? null, labels.user),
          deadline: spoken ? deadlineOf(loaded, spoken[0], spoken[1]) : null,
          href: `/api/v1/work/${number}.${item}`,
        },
      ]
    }),
    consents: Object.values(seen.consents).map((one) => ({
      id: one.id,
      purpose: named(one.purpose, labels.purpose),
      state: one.state,
      until: one.until,
    })),
    actions,
    links: {
      timeline: `${base}/timeline`,
      explain: `${base}/explain`,
      notices: `${base}/notices`,
      documents: `${base}/documents`,
      clocks: `${base}/clocks`,
      live: `${base}/live`,
    },
  }
}
