/** What a batch would do, recorded nowhere: its cases are tried one by one on what the ledger says of each. */

import type { Act, Action } from '../../../cases/actions.ts'
import { root } from '../../../cases/places.ts'
import type { Refusal } from '../../../cases/refusals.ts'
import type { Candidate } from '../../../database/queries/batch-cases.ts'
import { labelsFor, withProceduresFrom } from '../../case/load-case.ts'
import { cachedCase } from '../../case/case-cache.ts'
import { rehearse } from '../../acts/rehearse.ts'
import type { Caller } from '../../context/deps.ts'
import type { Planned } from './plan.ts'
import { previewText, reasonsOf } from './texts.ts'
import type { BatchShown } from './schema.ts'

/** More would keep a request waiting for seconds. */
const MOST_TRIED = 500
const AT_ONCE = 10

export const previewOf = async (caller: Caller, plan: Planned): Promise<BatchShown> => {
  const { deps, session, present, language } = caller
  const { procedure, waiting, running, elsewhere } = plan
  const tried = waiting.slice(0, MOST_TRIED)
  const refused = await refusedAmong(caller, plan, tried)
  const begins = waiting.filter((one) => !refused.some((other) => other.one === one))
  const leftOut = [...refused, ...running, ...elsewhere]
  const title = deps.country.procedures[procedure.id]?.title[language] ?? procedure.id
  const labels = labelsFor(deps, session, language, new Map())(null)
  return {
    status: 'preview',
    text: previewText(language, title, begins.length, leftOut.length),
    procedure: { id: procedure.id, label: title },
    by: { id: session.user, label: session.name },
    asked: new Date(present.now).toISOString(),
    total: waiting.length + running.length + elsewhere.length,
    done: begins.length,
    waiting: 0,
    left_out: leftOut.length,
    reasons: reasonsOf(
      deps,
      session,
      language,
      leftOut.map(({ one, refusal }) => ({ number: one.number, refusal })),
    ),
    not_checked: waiting.length - tried.length,
    by_place: counted(begins, ({ place }) => place ?? root(present.settings.places) ?? '', labels.place),
    by_stage: counted(begins, ({ stage }) => stage, labels.stage),
    lifting: null,
    actions: [],
  }
}

const counted = (
  all: Candidate[],
  kind: (one: Candidate) => string,
  label: (id: string) => string,
): { id: string; label: string; count: number }[] => {
  const counts = new Map<string, number>()
  for (const one of all) counts.set(kind(one), (counts.get(kind(one)) ?? 0) + 1)
  return [...counts]
    .map(([id, count]) => ({ id, label: label(id), count }))
    .toSorted((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1))
}

const refusedAmong = async (
  caller: Caller,
  plan: Planned,
  all: Candidate[],
): Promise<{ one: Candidate; refusal: Refusal }[]> => {
  const found: { one: Candidate; refusal: Refusal }[] = []
  for (let first = 0; first < all.length; first += AT_ONCE) {
    const some = all.slice(first, first + AT_ONCE)
    const refusals = await Promise.all(some.map((one) => refusalOf(caller, plan, one)))
    found.push(...some.flatMap((one, index) => (refusals[index] ? [{ one, refusal: refusals[index] }] : [])))
  }
  return found
}

const refusalOf = async (
  { deps, session, present }: Caller,
  { procedure, answers }: Planned,
  { number }: Candidate,
): Promise<Refusal | null> => {
  const cached = await cachedCase(deps, number)
  if (cached === undefined) return { code: 'not_found' }
  const world = await withProceduresFrom(deps)(cached.state, { ...present, shelf: {}, published: {} })
  const act: Act = {
    act: 'begin_procedure',
    procedure: procedure.id,
    answers,
    personal: {},
    absent: {},
    batch: 'preview',
  }
  const now = present.now
  const by = session.principal
  const action: Action = { id: 'preview', digest: '', by, via: 'app', happened: now, received: now, notAfter: now, act }
  const rehearsed = await rehearse(cached.state, action, world, deps.newest)
  return rehearsed.kind === 'refused' ? rehearsed.refusal : null
}
