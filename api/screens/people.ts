/** Colleagues: who holds which role where, how much they carry, and when they are away. */

import { z } from '@hono/zod-openapi'
import { workload } from '../../database/queries/workload.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, Deps } from '../context/deps.ts'
import { answer, Away, orNull } from '../openapi/answers.ts'
import { none, reads } from '../openapi/read-route.ts'
import { under } from '../case/viewer.ts'

const Colleague = answer({
  id: z.string(),
  label: z.string(),
  load: answer({
    open_cases: z.number().int(),
    limit: z.number().int().openapi({ description: 'Cases that one person should carry at most' }),
    late: z.number().int().openapi({ description: 'Open steps of theirs that are late' }),
  }).openapi('Caseload'),
  away: orNull(Away),
}).openapi('Colleague')
const UserList = answer({ items: z.array(Colleague), next: orNull(z.string()) }).openapi('UserList')
const usersRoute = reads({
  path: '/api/v1/users',
  operationId: 'listUsers',
  tag: 'people',
  summary: 'Colleagues with a role at a place',
  schema: UserList,
  params: none,
  query: z.strictObject({ role: z.string().max(60).optional(), place: z.string().max(60).optional() }),
})
export const registerPeople = (app: ApiApp, deps: Deps): void => {
  app.openapi(usersRoute, async (c) => {
    const { role, place } = c.req.valid('query')
    const { settings, now } = sessionOf(c)
    const places = place === undefined ? Object.keys(settings.places) : under(place, settings)
    const rows = await workload(deps.sql, { role: role ?? null, places, now: new Date(now) })
    const seen = new Set<string>()
    const items: z.infer<typeof Colleague>[] = rows
      .filter((row) => !seen.has(row.user) && seen.add(row.user))
      .map((row) => ({
        id: row.user,
        label: row.name,
        load: { open_cases: row.openCases, limit: row.limit, late: row.late },
        away: row.away,
      }))
    return c.json({ items, next: null }, 200)
  })
}
