/** One list of what needs the operator's hand, for whoever holds a role over the whole country. */

import { z } from '@hono/zod-openapi'
import { root } from '../../cases/places.ts'
import { holdsRole } from '../../cases/who-may.ts'
import {
  allStaffingHoles,
  type CaseInTrouble,
  casesAsleep,
  casesById,
  parkedMail,
  stoppedCases,
} from '../../database/queries/troubles.ts'
import { labelsFrom } from '../acts/labels.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { Session } from '../auth/session.ts'
import type { ApiApp, Deps, Language, Present } from '../deps.ts'
import { orNull } from '../openapi/or-null.ts'
import { problem } from '../problems/problem.ts'
import { named } from '../words/named.ts'
import { TROUBLES, type TroubleKind } from '../words/troubles.ts'
import { poisonedCases } from './poisoned.ts'
import { none, reads } from './route.ts'

const Trouble = z
  .looseObject({ kind: z.string(), text: z.string(), since: orNull(z.string()), case: orNull(z.string()) })
  .openapi('Trouble')
const TroubleList = z
  .looseObject({ as_of: z.string(), counts: z.record(z.string(), z.number().int()), items: z.array(Trouble) })
  .openapi('TroubleList')

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
    return c.json({ as_of: new Date(present.now).toISOString(), counts, items } as z.infer<typeof TroubleList>, 200)
  })
}

async function troublesNow(deps: Deps, session: Session, { now }: Present, language: Language) {
  const { sql, country } = deps
  const [stopped, poisoned, asleep, mail, holes, names] = await Promise.all([
    stoppedCases(sql),
    poisonedCases(deps.temporal),
    casesAsleep(sql, new Date(now)),
    parkedMail(sql, { restricted: false }),
    allStaffingHoles(sql),
    deps.names(),
  ])
  const failing = await casesById(sql, poisoned ?? [])
  const labels = labelsFrom({ country, names, language, self: session.user, state: null })
  const trouble = (kind: TroubleKind, since: Date | null, more: object) => {
    return { kind, text: TROUBLES[kind][language], since: since?.toISOString() ?? null, case: null, ...more }
  }
  const ofCase = (kind: TroubleKind, { number, since }: CaseInTrouble, more: object = {}) =>
    trouble(kind, since, { case: number, href: `/api/v1/cases/${number}/live`, ...more })
  return [
    ...stopped.map(({ why, ...one }) => ofCase('recorder_stopped', one, { why })),
    ...(poisoned === null ? [trouble('engine_silent', null, {})] : []),
    ...failing.map((one) => ofCase('workflow_fails', { ...one, since: null })),
    ...asleep.map((one) => ofCase('past_wake', one)),
    ...mail.map(({ problem: why, count, oldest }) => trouble('mail_parked', oldest, { why, count })),
    ...holes.map(({ role, place, since }) =>
      trouble('role_unheld', since, { role: named(role, labels.role), place: named(place, labels.place) }),
    ),
  ]
}
