import { type Batch, batchById, countsOf, refusedCases } from '../../../database/queries/batches.ts'
import { pollUntil } from '../poll.ts'
import { problem } from '../../problems/problem.ts'
import type { Caller, Deps } from '../../context/deps.ts'
import { begunText, LIFT, liftedText, reasonsOf } from './texts.ts'
import type { BatchShown } from './schema.ts'
import type { BatchInput } from '../../../workflows/messages.ts'
import { startOnce } from '../start-once.ts'

const MOST_LISTED = 2000
type Counts = Awaited<ReturnType<typeof countsOf>>

/** `listed`: without the cases that were left as they are, which may be many. */
export const progressOf = async (
  { deps, session, language }: Caller,
  batch: Batch,
  listed = false,
): Promise<BatchShown> => {
  const { id, procedure } = batch
  const [counts, refused, names] = await Promise.all([
    countsOf(deps.sql, id),
    listed ? [] : refusedCases(deps.sql, id, MOST_LISTED),
    deps.names(),
  ])
  const named = (user: string) => ({ id: user, label: names.get(user) ?? user })
  const title = deps.country.procedures[procedure]?.title[language] ?? procedure
  const { lifted, over, kept, waiting } = counts
  const done = counts.begun + lifted + over + kept
  const leftOut = counts.refused + counts.nothing
  const { lift } = batch
  const href = `/api/v1/batches/${id}`
  return {
    id,
    status: statusOf(batch),
    text:
      lift === null
        ? begunText(language, title, done, waiting, leftOut)
        : liftedText(language, title, lifted, counts.begun, kept),
    procedure: { id: procedure, label: title },
    by: named(batch.by.user),
    asked: batch.asked.toISOString(),
    cases: batch.filter,
    answers: batch.answers,
    total: done + waiting + leftOut,
    done,
    waiting,
    left_out: leftOut,
    reasons: reasonsOf(deps, session, language, refused),
    lifting: lift && {
      by: named(lift.by.user),
      asked: lift.asked.toISOString(),
      done: lifted,
      over,
      kept,
      left: counts.begun,
    },
    actions: mayLift(batch, counts)
      ? [{ act: 'lift', label: LIFT[language], method: 'POST', href: `${href}/actions/lift` }]
      : [],
    href,
  }
}

const statusOf = ({ begun, lift }: Batch): BatchShown['status'] => {
  if (lift !== null) return lift.done === null ? 'lifting' : 'lifted'
  return begun === null ? 'running' : 'done'
}

/** Once; again only for what could not be lifted. */
export const mayLift = ({ lift }: Batch, { begun, kept, waiting }: Counts): boolean =>
  lift === null ? begun + waiting > 0 : lift.done !== null && kept > 0

/** Holds the answer until nothing moves, at most so many seconds. */
export const progressWithin = (caller: Caller, id: string, seconds: number): Promise<BatchShown> =>
  pollUntil(
    caller.deps,
    seconds,
    async () => {
      const found = await batchById(caller.deps.sql, id)
      if (found === undefined) throw problem('not_found')
      return progressOf(caller, found)
    },
    ({ status }) => status !== 'running' && status !== 'lifting',
  )

/** Begins what has not come to its end; whatever runs goes on as it is. */
export const goOn = async (deps: Pick<Deps, 'temporal'>, { id, begun, lift }: Batch): Promise<void> => {
  const start = (workflow: string, way: BatchInput['way']) =>
    startOnce(deps, 'batchWorkflow', workflow, { batch: id, way })
  if (begun === null) await start(id, 'begin')
  if (lift !== null && lift.done === null) await start(lift.id, 'lift')
}
