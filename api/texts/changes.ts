/** What became different in a submission: between its rounds, or since somebody looked at it. */

import { basisOf } from '../../cases/basis.ts'
import { canonicalJson } from '../../cases/canonical.ts'
import type { Entry } from '../../cases/events.ts'
import { evolve, newCase } from '../../cases/evolve/index.ts'
import { type Work, workOf } from '../../cases/progress/draft.ts'
import { loadLedger } from '../../database/ledger.ts'
import { openPersonal } from '../../database/queries/personal.ts'
import type { LoadedCase } from '../case/load-case.ts'
import type { Deps } from '../context/deps.ts'
import { type ShownAnswer, type Submission, submissionOf } from './submission.ts'

export interface Change {
  id: string
  label: string
  personal?: true
  before?: string | null
  after?: string | null
}

/** Personal values are told as changed, without what they were. */
export function changesBetween(before: Submission | undefined, after: Submission): Change[] {
  if (!before) return []
  const value = (all: ShownAnswer[], id: string) => all.find((one) => one.id === id)
  const ids = new Set([...before.answers, ...after.answers].map((one) => one.id))
  return [...ids].flatMap((id) => {
    const [was, is] = [value(before.answers, id), value(after.answers, id)]
    const shown = is ?? was
    if (shown === undefined || canonicalJson(was?.value ?? null) === canonicalJson(is?.value ?? null)) return []
    const { label, personal } = shown
    return [personal ? { id, label, personal } : { id, label, before: was?.text ?? null, after: is?.text ?? null }]
  })
}

/** What an open step stands on, against what stood there after the entries `seen`. */
export async function changesSince(
  deps: Deps,
  loaded: LoadedCase,
  work: Work,
  entries: Entry[],
  seen: Entry[],
): Promise<Change[]> {
  const personal = await openPersonal(deps.sql, deps.ring, loaded.caseId)
  return work.rule.after.flat().flatMap(({ step }) => {
    const submitted = `${work.runId}.${step}.${work.run.steps[step]?.round ?? 1}`
    const now = submissionOf(deps, loaded, submitted, { entries, personal })
    const before = submissionOf(deps, loaded, submitted, { entries: seen, personal })
    return now ? changesBetween(before, now) : []
  })
}

/** What a rehearsed correction would change; of personal answers only that they would, so that nothing is unsealed. */
export async function changesBy(deps: Deps, loaded: LoadedCase, rehearsed: Entry[]): Promise<Change[]> {
  const corrected = rehearsed.map(({ event }) => event).find((event) => event.kind === 'answer_corrected')
  if (corrected === undefined) return []
  const { item } = corrected
  const entries = (await loadLedger(deps.sql, deps.ring, loaded.caseId))?.entries ?? []
  const read = (all: Entry[]) => submissionOf(deps, loaded, item, { entries: all, personal: [] })
  const after = read([...entries, ...rehearsed])
  const labels = loaded.labelsOf(loaded.state)
  const personal = Object.keys(corrected.personal).map((id): Change => {
    return { id, label: labels.pointer(item, null, `/answers/${id}`), personal: true }
  })
  return [...(after ? changesBetween(read(entries), after) : []), ...personal]
}

/** The entries up to the last moment at which the step stood on what this basis digests; undefined if it never did. */
export function entriesWhen(loaded: LoadedCase, { item }: Work, entries: Entry[], basis: string): Entry[] | undefined {
  let state = newCase(loaded.caseId)
  let found: number | undefined
  for (const [index, entry] of entries.entries()) {
    state = evolve(state, entry)
    const work = workOf(state, loaded.world, item)
    if (work?.step.status === 'open' && basisOf(state, work) === basis) found = index + 1
  }
  return found === undefined ? undefined : entries.slice(0, found)
}
