/** What must always be true, checked on the running system. */

import { z } from '@hono/zod-openapi'
import { answer } from '../openapi/answers.ts'
import { recordInvariants } from '../../database/queries/invariants.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, Deps } from '../context/deps.ts'
import { INVARIANT_IDS, INVARIANTS, type InvariantId } from '../texts/invariants.ts'
import { none, reads } from '../openapi/read-route.ts'
import { isNational } from './troubles.ts'
import { type Found, sampledInvariants } from '../health/sample.ts'

const Status = z.enum(['holds', 'broken', 'held_by_tests']).openapi('InvariantStatus')
const Invariants = answer({
  as_of: z.string(),
  holds: z.boolean(),
  invariants: z.array(
    answer({
      id: z.string(),
      text: z.string(),
      status: Status,
      checked_on: z.enum(['record', 'sample', 'tests']),
      holds: z.boolean(),
      count: z.number().int(),
      worst: z.array(z.string()),
    }).openapi('Invariant'),
  ),
}).openapi('InvariantReport')

const route = reads({
  path: '/api/v1/invariants',
  operationId: 'checkInvariants',
  tag: 'installation',
  summary: 'What must always be true, with counts; the worst cases for whoever holds a role over the whole country',
  schema: Invariants,
  params: none,
  query: none,
})
/** A record can break these and never prove them: that takes two worlds, `test/twins`. */
const PROVEN_BY_TESTS = new Set(['I13'])
const statusOf = (id: string, found: Found | null): 'holds' | 'broken' | 'held_by_tests' => {
  if (found !== null && found.count > 0) return 'broken'
  return found === null || PROVEN_BY_TESTS.has(id) ? 'held_by_tests' : 'holds'
}

/** The same invariant may be looked at in two ways: what either finds counts. */
const together = (id: InvariantId, all: Found[]): Found | null => {
  const found = all.filter((one) => one.id === id)
  if (found.length === 0) return null
  const worst = [...new Set(found.flatMap((one) => one.worst))].slice(0, 5)
  return { id, count: Math.max(...found.map((one) => one.count), worst.length), worst }
}

export const registerInvariants = (app: ApiApp, deps: Deps): void => {
  app.openapi(route, async (c) => {
    const present = await deps.present()
    const { now } = present
    const record = await recordInvariants(deps.sql, new Date(now))
    const sample = await sampledInvariants(deps)
    const national = isNational(deps, sessionOf(c), present)
    const invariants = INVARIANT_IDS.map((id) => {
      const found = together(id, [...record, ...sample])
      return {
        id,
        text: INVARIANTS[id][c.var.language],
        status: statusOf(id, found),
        checked_on:
          found === null
            ? ('tests' as const)
            : record.some((one) => one.id === id)
              ? ('record' as const)
              : ('sample' as const),
        holds: found === null || found.count === 0,
        count: found?.count ?? 0,
        worst: national ? (found?.worst ?? []) : [],
      }
    })
    const holds = invariants.every((one) => one.holds)
    return c.json({ as_of: new Date(now).toISOString(), holds, invariants }, 200)
  })
}
