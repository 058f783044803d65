/** What must always be true, checked on the running system; and whether it runs at all. */

import { createRoute, z } from '@hono/zod-openapi'
import { fold } from '../../cases/evolve/index.ts'
import { loadLedger } from '../../database/ledger.ts'
import { recordInvariants, sampleOfOpenCases } from '../../database/queries/invariants.ts'
import { caseStateQuery, caseWorkflowId } from '../../workflows/messages.ts'
import type { ApiApp, Deps, Language } from '../deps.ts'
import { problems } from '../problems/schema.ts'
import { differencesBetween } from './live.ts'
import { none, reads } from './route.ts'

const TEXTS: Record<string, Record<Language, string>> = {
  I1: {
    fr: 'personne n’est oublié : chaque dossier ouvert a une étape, un responsable et une échéance',
    en: 'nobody is forgotten: every open case has a step, an owner and a clock',
  },
  I5: {
    fr: 'le journal, la vue d’ensemble et l’état vivant disent la même chose (échantillon)',
    en: 'ledger, overview and live state agree (sample)',
  },
  I6: { fr: 'aucun courriel ne part deux fois', en: 'no mail goes out twice' },
  I9: { fr: 'un dossier clos n’a plus rien d’ouvert', en: 'a closed case has nothing open' },
  I11: { fr: 'le journal n’a ni trou ni bifurcation', en: 'the ledger has no gap and no fork' },
  I12: { fr: 'aucun dossier ne dort au-delà de son réveil', en: 'no case sleeps past its wake-up' },
}
const SAMPLE = 10
const Invariants = z
  .looseObject({
    as_of: z.string(),
    holds: z.boolean(),
    invariants: z.array(
      z.looseObject({
        id: z.string(),
        text: z.string(),
        holds: z.boolean(),
        count: z.number().int(),
        worst: z.array(z.string()),
      }),
    ),
  })
  .openapi('Invariants')
const Health = z
  .looseObject({ status: z.enum(['ok', 'degraded']), kind: z.string(), business_date: z.string() })
  .openapi('Health')

const route = reads({
  path: '/api/v1/invariants',
  operationId: 'checkInvariants',
  tag: 'installation',
  summary: 'What must always be true, with counts and the worst cases',
  schema: Invariants,
  params: none,
  query: none,
})
const healthRoute = createRoute({
  method: 'get',
  path: '/api/v1/health',
  operationId: 'getHealth',
  tags: ['installation'],
  summary: 'Whether database and engine answer',
  responses: { 200: { description: 'It runs', content: { 'application/json': { schema: Health } } }, ...problems },
})

export const registerInvariants = (app: ApiApp, deps: Deps): void => {
  app.openapi(route, async (c) => {
    const { now } = await deps.present()
    const record = await recordInvariants(deps.sql, new Date(now))
    const live = await disagreeing(deps)
    const all = [...record, { id: 'I5', count: live.length, worst: live.slice(0, 5) }]
    const invariants = all
      .toSorted((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)))
      .map((one) => ({ ...one, text: TEXTS[one.id]?.[c.var.language] ?? one.id, holds: one.count === 0 }))
    const holds = invariants.every((one) => one.holds)
    return c.json({ as_of: new Date(now).toISOString(), holds, invariants } as z.infer<typeof Invariants>, 200)
  })
  app.openapi(healthRoute, async (c) => {
    const { now } = await deps.present()
    const engine = await deps.temporal.connection
      .withDeadline(Date.now() + 2_000, () => deps.temporal.workflowService.getSystemInfo({}))
      .then(
        () => 'ok',
        () => 'away',
      )
    const body = {
      status: engine === 'ok' ? 'ok' : 'degraded',
      database: 'ok',
      engine,
      kind: deps.installation.kind,
      version: deps.installation.version,
      business_date: new Date(now).toISOString().slice(0, 10),
    }
    return c.json(body as z.infer<typeof Health>, 200)
  })
}

/** Numbers of sampled open cases whose recorded fold is not the live state. */
async function disagreeing(deps: Deps): Promise<string[]> {
  const sample = await sampleOfOpenCases(deps.sql, SAMPLE)
  const found = await Promise.all(
    sample.map(async ({ caseId, number }) => {
      const live = await deps.temporal.workflow
        .getHandle(caseWorkflowId(caseId))
        .query(caseStateQuery)
        .catch(() => null)
      const ledger = await loadLedger(deps.sql, deps.ring, caseId)
      if (!live || !ledger) return [number]
      // A record in flight is no disagreement: the fold is compared once it has arrived.
      if (live.inFlight > 0 || live.state.seq !== ledger.head.seq) return []
      return differencesBetween(fold(caseId, ledger.entries), live.state).length > 0 ? [number] : []
    }),
  )
  return found.flat()
}
