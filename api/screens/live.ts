/** The live truth of a case, beside what the overview says: compared as this viewer may know it. */

import { z } from '@hono/zod-openapi'
import { canonicalJson } from '../../cases/canonical.ts'
import { liveItems } from '../../cases/progress/draft.ts'
import type { CaseState } from '../../cases/state.ts'
import { view } from '../../cases/view.ts'
import { caseStateQuery, caseWorkflowId } from '../../workflows/messages.ts'
import { caseAtHand } from '../acts/case-at-hand.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, Deps } from '../deps.ts'
import { CaseParam } from '../openapi/parameters.ts'
import { problem } from '../problems/problem.ts'
import { named } from '../words/named.ts'
import { none, reads } from './route.ts'

const LiveAnswer = z
  .looseObject({
    asked: z.string(),
    took_ms: z.number(),
    agrees: z.boolean(),
    differences: z.array(z.looseObject({ pointer: z.string() })),
    case: z.looseObject({ number: z.string(), status: z.string() }),
  })
  .openapi('Live')
const route = reads({
  path: '/api/v1/cases/{case}/live',
  operationId: 'getLiveCase',
  tag: 'cases',
  summary: 'The live state of a case, compared with the record',
  schema: LiveAnswer,
  params: CaseParam,
  query: none,
})

export const registerLive = (app: ApiApp, deps: Deps): void => {
  app.openapi(route, async (c) => {
    const hand = await caseAtHand(deps, sessionOf(c), c.var.language, c.req.valid('param').case)
    const began = performance.now()
    const handle = deps.temporal.workflow.getHandle(caseWorkflowId(hand.caseId))
    const live = await handle.query(caseStateQuery).catch(() => {
      throw problem('engine_away')
    })
    const seen = view(live.state, hand.session.principal, hand.world)
    const differences = differencesBetween(hand.seen, seen)
    const labels = hand.labelsOf(live.state)
    if (live.inFlight > 0) c.header('Retry-After', '2')
    const body = {
      asked: new Date(hand.world.now).toISOString(),
      took_ms: Math.round(performance.now() - began),
      agrees: differences.length === 0,
      differences,
      case: {
        number: seen.number,
        status: seen.status,
        stage: named(seen.stage, labels.stage),
        open_steps: liveItems(seen).map(({ item }) => ({ id: `${seen.number}.${item}`, title: labels.step(item) })),
      },
    }
    return c.json(body as z.infer<typeof LiveAnswer>, 200)
  })
}

/** Runs, clocks and facts that differ; values are told as digests would be: not at all. */
export function differencesBetween(recorded: CaseState, live: CaseState): { pointer: string }[] {
  return (['status', 'stage', 'facts', 'runs', 'clocks', 'consents'] as const).flatMap((part) => {
    const [a, b] = [recorded[part], live[part]]
    if (canonicalJson(a) === canonicalJson(b)) return []
    if (typeof a !== 'object' || typeof b !== 'object') return [{ pointer: `/${part}` }]
    const keys = new Set([...Object.keys(a), ...Object.keys(b)])
    const of = (value: object, key: string): unknown => (value as Record<string, unknown>)[key]
    return [...keys]
      .filter((key) => canonicalJson(of(a, key)) !== canonicalJson(of(b, key)))
      .map((key) => ({ pointer: `/${part}/${key}` }))
  })
}
