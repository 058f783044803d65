import type { z } from '@hono/zod-openapi'
import type { Given } from '../../../cases/share-out.ts'
import { countOf, type Handover, handoverById } from '../../../database/queries/handovers.ts'
import type { Deps, Language } from '../../context/deps.ts'
import { pollUntil } from '../poll.ts'
import { problem } from '../../problems/problem.ts'
import type { Planned } from './plan.ts'
import type { HandoverAnswer, HandoverBody } from './schema.ts'
import { addDays, startOf } from '../../../cases/clocks/civil.ts'
import type { Settings } from '../../../procedures/language/settings.ts'
import type { HandoverInput } from '../../../workflows/messages.ts'
import { startOnce } from '../start-once.ts'

const TEXTS = {
  fr: {
    preview: 'Rien n’a bougé : voilà ce qui bougerait.',
    planned: 'Prévue.',
    running: 'En cours.',
    away: 'Fait ; tout revient au retour.',
    returning: 'Retour en cours.',
    done: 'Terminé.',
  },
  en: {
    preview: 'Nothing has moved: this is what would.',
    planned: 'Planned.',
    running: 'In progress.',
    away: 'Done; all comes back on return.',
    returning: 'Coming back.',
    done: 'Done.',
  },
}

type Body = z.infer<typeof HandoverAnswer>
export const progressOf = async (deps: Deps, one: Handover, language: Language): Promise<Body> => {
  const [count, names, { now }] = await Promise.all([countOf(deps.sql, one.id), deps.names(), deps.present()])
  const today = new Date(now).toISOString().slice(0, 10)
  const status = statusOf(one, today)
  const left = status === 'planned' || status === 'running' ? count.planned : 0
  const named = (id: string) => ({ id, label: names.get(id) ?? id })
  return {
    id: one.id,
    reason: one.because,
    from: one.people.map(named),
    to: one.successors.map(named),
    starts: one.starts,
    until: one.until,
    status,
    text: TEXTS[language][status],
    total: count.total,
    done: status === 'returning' ? count.returned : count.total - left,
    left: status === 'returning' ? count.total - count.returned : left,
    left_out: count.refused,
    href: `/api/v1/handovers/${one.id}`,
  }
}

/** What a handover would move, and to whom; nothing is written. */
export const previewOf = async (
  deps: Deps,
  body: z.infer<typeof HandoverBody>,
  plan: Planned,
  language: Language,
): Promise<Body> => {
  const { people, successors, starts, until, given } = plan
  const names = await deps.names()
  const named = (id: string) => ({ id, label: names.get(id) ?? id })
  const casesOf = (some: Given[]): number => new Set(some.map(({ caseId }) => caseId)).size
  const total = casesOf(given)
  return {
    id: 'preview',
    reason: body.reason,
    from: people.map(named),
    to: successors.map(named),
    starts,
    until,
    status: 'preview',
    text: TEXTS[language].preview,
    total,
    done: 0,
    left: total,
    left_out: 0,
    href: '/api/v1/handovers',
    shares: successors.map((user) => ({ ...named(user), cases: casesOf(given.filter(({ to }) => to === user)) })),
  }
}

const statusOf = ({ starts, until, moved, finished }: Handover, today: string): Body['status'] => {
  if (finished !== null) return 'done'
  if (moved === null) return starts > today ? 'planned' : 'running'
  return until !== null && until < today ? 'returning' : 'away'
}

/** Holds the answer until nothing moves, at most so many seconds. */
export const progressWithin = (deps: Deps, id: string, language: Language, seconds: number): Promise<Body> =>
  pollUntil(
    deps,
    seconds,
    async () => {
      const found = await handoverById(deps.sql, id)
      if (found === undefined) throw problem('not_found')
      return progressOf(deps, found, language)
    },
    ({ status }) => status !== 'running' && status !== 'returning',
  )

/** Begins what has not come to its end, also a return that is awaited; whatever runs goes on as it is. */
export const goOn = async (
  deps: Pick<Deps, 'temporal'>,
  { offsetMs }: Pick<Settings, 'offsetMs'>,
  { id, starts, until, finished }: Handover,
): Promise<void> => {
  if (finished !== null) return
  const returns = until === null ? null : startOf(addDays(until, 1))
  const input: HandoverInput = { handover: id, begins: startOf(starts), returns, offsetMs }
  await startOnce(deps, 'handoverWorkflow', id, input)
}
