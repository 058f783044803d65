/** One list of what needs the operator's hand, for whoever holds a role over the whole country. */

import { z } from '@hono/zod-openapi'
import { root } from '../../cases/places.ts'
import { holdsRole } from '../../cases/who-may.ts'
import { labelsFrom } from '../case/labels.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { Session } from '../context/session.ts'
import type { ApiApp, Deps, Language, Present } from '../context/deps.ts'
import { gatherTroubles } from '../health/troubles.ts'
import { answer, Named, orNull } from '../openapi/answers.ts'
import { problem } from '../problems/problem.ts'
import { named } from '../texts/names.ts'
import { TROUBLES } from '../texts/troubles.ts'
import { none, reads } from '../openapi/read-route.ts'

const Trouble = answer({
  kind: z.string(),
  text: z.string(),
  since: orNull(z.string()),
  case: orNull(z.string()),
  why: z.string().optional(),
  count: z.number().int().optional(),
  role: Named.optional(),
  place: Named.optional(),
  href: z.string().optional(),
}).openapi('Trouble')
const TroubleList = answer({
  as_of: z.string(),
  counts: z.record(z.string(), z.number().int()),
  items: z.array(Trouble),
}).openapi('TroubleList')

const route = reads({
  path: '/api/v1/troubles',
  operationId: 'listTroubles',
  tag: 'installation',
  summary: 'What needs the operator: stopped recorders, failing workflows, sleeping cases, parked mail, unheld roles',
  schema: TroubleList,
  params: none,
  query: none,
})

/** Holds some role over the whole country. */
export const isNational = (deps: Deps, { principal }: Session, { settings }: Present): boolean => {
  const country = root(settings.places)
  return Object.keys(deps.country.roles).some((role) => holdsRole(principal, role, country, settings.places))
}

export const registerTroubles = (app: ApiApp, deps: Deps): void => {
  app.openapi(route, async (c) => {
    const session = sessionOf(c)
    const present = await deps.present()
    if (!isNational(deps, session, present)) throw problem('role_required')
    const items = await troublesNow(deps, session, present, c.var.language)
    const counts = Object.fromEntries(
      Object.keys(TROUBLES).map((kind) => [kind, items.filter((one) => one.kind === kind).length]),
    )
    const body: z.infer<typeof TroubleList> = { as_of: new Date(present.now).toISOString(), counts, items }
    return c.json(body, 200)
  })
}

async function troublesNow(deps: Deps, session: Session, { now }: Present, language: Language) {
  const { sql, temporal, country } = deps
  const [troubles, names] = await Promise.all([gatherTroubles(sql, temporal, new Date(now)), deps.names()])
  const labels = labelsFrom({ country, names, language, self: session.user, state: null })
  return troubles.map(({ kind, since, role, place, ...more }) => ({
    kind,
    text: TROUBLES[kind][language],
    since: since?.toISOString() ?? null,
    ...more,
    ...(more.case !== null && { href: `/api/v1/cases/${more.case}/live` }),
    ...(role !== undefined && { role: named(role, labels.role) }),
    ...(place !== undefined && { place: named(place, labels.place) }),
  }))
}
