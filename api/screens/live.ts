/** The live truth of a case, beside what the overview says: compared as this viewer may know it. */

import { z } from '@hono/zod-openapi'
import { answer, Stage } from '../openapi/answers.ts'
import { WorkflowNotFoundError } from '@temporalio/common'
import { overviewOf } from '../../cases/overview.ts'
import { liveItems } from '../../cases/progress/draft.ts'
import type { CaseState } from '../../cases/state.ts'
import { view } from '../../cases/view.ts'
import { asViewer } from '../../database/as-viewer.ts'
import { workRows } from '../../database/queries/work.ts'
import { caseStateQuery, caseWorkflowId } from '../../workflows/messages.ts'
import { type LoadedCase, loadCase } from '../case/load-case.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, Deps } from '../context/deps.ts'
import { type Difference, differencesBetween } from '../case/differences.ts'
import { CaseParam } from '../openapi/parameters.ts'
import { problem } from '../problems/problem.ts'
import { named } from '../texts/names.ts'
import { none, reads } from '../openapi/read-route.ts'
import { viewerOf } from '../case/viewer.ts'
import { MINE } from './work-counts.ts'

const ANSWER_WITHIN_MS = 8_000
const MOST_STEPS = 500

const Told = z.string().nullable().optional()
const Difference = answer({ pointer: z.string(), overview: Told, live: Told }).openapi('Difference', {
  description: 'Where the overview and the live state differ; of most parts only that they do',
})
const LiveCase = answer({
  number: z.string(),
  status: z.enum(['new', 'open', 'closed']),
  stage: Stage,
  open_steps: z.array(answer({ id: z.string(), title: z.string() }).openapi('OpenStepTitle')),
}).openapi('LiveCase')
const LiveAnswer = answer({
  asked: z.string(),
  took_ms: z.number().openapi({ description: 'Milliseconds' }),
  agrees: z.boolean(),
  differences: z.array(Difference),
  case: LiveCase,
}).openapi('Live')
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
    const loaded = await loadCase(deps, sessionOf(c), c.var.language, c.req.valid('param').case)
    const began = performance.now()
    const live = await liveState(deps, loaded)
    const seen = view(live.state, loaded.session.principal, loaded.world)
    const differences = [...differencesBetween(loaded.seen, seen), ...(await listedOtherwise(deps, loaded, seen))]
    const labels = loaded.labelsOf(live.state)
    if (live.inFlight > 0 && differences.length > 0) c.header('Retry-After', '2')
    const body: z.infer<typeof LiveAnswer> = {
      asked: new Date(loaded.world.now).toISOString(),
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
    return c.json(body, 200)
  })
}

/** Throws `engine_away`, or `case_closed` once the workflow of a closed case is gone for good. */
const liveState = (deps: Deps, { caseId, state }: LoadedCase) =>
  deps.temporal.connection
    .withDeadline(Date.now() + ANSWER_WITHIN_MS, () =>
      deps.temporal.workflow.getHandle(caseWorkflowId(caseId)).query(caseStateQuery),
    )
    .catch((error: unknown) => {
      throw problem(error instanceof WorkflowNotFoundError && state.status === 'closed' ? 'case_closed' : 'engine_away')
    })

/** Rows of the overview that say otherwise than the live state. */
async function listedOtherwise(deps: Deps, loaded: LoadedCase, seen: CaseState): Promise<Difference[]> {
  const { settings, now } = loaded.world
  const viewer = { ...viewerOf(loaded.session), places: Object.keys(settings.places) }
  const filter = { ...MINE, scope: 'places' as const, number: loaded.number }
  const page = { limit: MOST_STEPS, after: null }
  const rows = await asViewer(deps.sql, viewer, (lists) => workRows(lists, viewer, filter, new Date(now), page))
  const { steps } = overviewOf(seen, loaded.world)
  const comparable = Object.values(steps).filter(
    (step) => step.visibleTo === null && step.state !== 'waiting' && step.place !== null,
  )
  return comparable.flatMap((step) => {
    const row = rows.find(({ item }) => item === step.item)
    const pointer = `/open_steps/${loaded.number}.${step.item}`
    if (!row) return [{ pointer, overview: null, live: step.state }]
    const pairs = [
      ['state', row.state, step.state],
      ['owner', row.owner, step.owner],
      ['place', row.place, step.place],
      ['due', row.due?.toISOString() ?? null, step.dueAt === null ? null : new Date(step.dueAt).toISOString()],
    ] as const
    return pairs.flatMap(([name, overview, live]) =>
      overview === live ? [] : [{ pointer: `${pointer}/${name}`, overview, live }],
    )
  })
}
