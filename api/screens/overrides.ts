/** Where steps are ended out of turn, by procedure, step and place: it shows where a procedure is wrong. */

import { z } from '@hono/zod-openapi'
import { SUPERVISORS } from '../../cases/who-may.ts'
import { asViewer } from '../../database/as-viewer.ts'
import { type CountedOverrides, countOverrides } from '../../database/queries/overrides.ts'
import { answer, Named } from '../openapi/answers.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, Deps, Language } from '../context/deps.ts'
import { problem } from '../problems/problem.ts'
import { CAUSES } from '../texts/overrides.ts'
import { named } from '../texts/names.ts'
import { none, reads } from '../openapi/read-route.ts'
import { viewerOf } from '../case/viewer.ts'
import { textOf } from '../texts/form-texts.ts'

const Counted = answer({
  procedure: Named,
  version: z.number().int(),
  step: Named,
  place: Named,
  count: z.number().int(),
  causes: z.array(answer({ cause: Named, count: z.number().int() })),
}).openapi('CountedOverrides')
const Overrides = answer({ as_of: z.string(), total: z.number().int(), items: z.array(Counted) }).openapi('Overrides')

const route = reads({
  path: '/api/v1/overrides',
  operationId: 'countOverrides',
  tag: 'work',
  summary: 'Endings out of turn by procedure, step and place, with coded causes, where the viewer supervises',
  schema: Overrides,
  params: none,
  query: none,
})

export const registerOverrides = (app: ApiApp, deps: Deps): void => {
  app.openapi(route, async (c) => {
    const session = sessionOf(c)
    const holds = session.holds.filter(({ role }) => SUPERVISORS.includes(role))
    if (holds.length === 0) throw problem('role_required')
    const viewer = viewerOf({ ...session, holds })
    const rows = await asViewer(deps.sql, viewer, (lists) => countOverrides(lists, viewer.places))
    const items = together(rows).map((group) => shown(deps, c.var.language, group))
    const total = rows.reduce((sum, { count }) => sum + count, 0)
    return c.json({ as_of: new Date(session.now).toISOString(), total, items }, 200)
  })
}

function together(rows: CountedOverrides[]): CountedOverrides[][] {
  const groups = new Map<string, CountedOverrides[]>()
  for (const one of rows) {
    const key = JSON.stringify([one.procedure, one.version, one.step, one.place])
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()].toSorted((a, b) => countOf(b) - countOf(a))
}
const countOf = (group: CountedOverrides[]): number => group.reduce((sum, { count }) => sum + count, 0)

function shown({ country }: Deps, language: Language, group: CountedOverrides[]) {
  const [{ procedure, version, step, place } = { procedure: '', version: 0, step: '', place: '' }] = group
  return {
    procedure: named(procedure, (id) => country.procedures[id]?.title[language] ?? id),
    version,
    step: named(step, (id) => textOf(country, procedure, id)?.title[language] ?? id),
    place: named(place ?? '', (id) => country.places[id]?.title[language] ?? id),
    count: countOf(group),
    causes: group.map(({ cause, count }) => ({
      cause: named(cause, () => CAUSES[cause][language]),
      count,
    })),
  }
}
