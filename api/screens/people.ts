/** Colleagues: who holds which role where, and how much they carry. */

import { z } from '@hono/zod-openapi'
import { staffingHoles, workload } from '../../database/queries/workload.ts'
import { labelsFrom } from '../acts/labels.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, Deps } from '../deps.ts'
import { orNull } from '../openapi/or-null.ts'
import { named } from '../words/named.ts'
import { none, reads } from './route.ts'
import { under, viewerOf } from './viewer.ts'

const UserList = z
  .looseObject({ items: z.array(z.looseObject({ id: z.string(), label: z.string() })), next: orNull(z.string()) })
  .openapi('UserList')
const Workload = z
  .looseObject({
    as_of: z.string(),
    people: z.array(
      z.looseObject({
        open_cases: z.number().int(),
        limit: z.number().int(),
        over: z.number().int(),
        late: z.number().int(),
      }),
    ),
    holes: z.array(z.looseObject({})),
  })
  .openapi('Workload')

const usersRoute = reads({
  path: '/api/v1/users',
  operationId: 'listUsers',
  tag: 'people',
  summary: 'Colleagues with a role at a place',
  schema: UserList,
  params: none,
  query: z.strictObject({ role: z.string().max(60).optional(), place: z.string().max(60).optional() }),
})
const workloadRoute = reads({
  path: '/api/v1/workload',
  operationId: 'getWorkload',
  tag: 'people',
  summary: 'Who carries how much at my places, and which roles nobody holds',
  schema: Workload,
  params: none,
  query: z.strictObject({ place: z.string().max(60).optional(), role: z.string().max(60).optional() }),
})

export const registerPeople = (app: ApiApp, deps: Deps): void => {
  app.openapi(usersRoute, async (c) => {
    const { role, place } = c.req.valid('query')
    const { settings, now } = await deps.present()
    const places = place === undefined ? Object.keys(settings.places) : under(place, settings)
    const rows = await workload(deps.sql, { role: role ?? null, places, now: new Date(now) })
    const seen = new Set<string>()
    const items = rows
      .filter((row) => !seen.has(row.user) && seen.add(row.user))
      .map((row) => ({
        id: row.user,
        label: row.name,
        load: { open_cases: row.openCases, limit: row.limit, late: row.late },
        away: row.away,
      }))
    return c.json({ items, next: null } as z.infer<typeof UserList>, 200)
  })
  app.openapi(workloadRoute, async (c) => {
    const session = sessionOf(c)
    const { role, place } = c.req.valid('query')
    const { settings, now } = await deps.present()
    const mine = viewerOf(session, settings).places
    const places = place === undefined ? mine : under(place, settings).filter((one) => mine.includes(one))
    const [rows, holes, names] = await Promise.all([
      workload(deps.sql, { role: role ?? null, places, now: new Date(now) }),
      staffingHoles(deps.sql, places),
      deps.names(),
    ])
    const labels = labelsFrom({
      country: deps.country,
      names,
      language: c.var.language,
      self: session.user,
      state: null,
    })
    const body = {
      as_of: new Date(now).toISOString(),
      people: rows.map((row) => ({
        user: { id: row.user, label: row.name },
        role: named(row.role, labels.role),
        place: named(row.place, labels.place),
        open_cases: row.openCases,
        limit: row.limit,
        over: Math.max(0, row.openCases - row.limit),
        late: row.late,
        due_in_a_week: row.dueSoon,
        work: `/api/v1/work?scope=places&owner=${row.user}`,
      })),
      holes: holes.map((hole) => ({
        role: named(hole.role, labels.role),
        place: named(hole.place, labels.place),
        since: hole.since.toISOString(),
      })),
    }
    return c.json(body as z.infer<typeof Workload>, 200)
  })
}
