/** One case as an act needs it: the state as recorded, what its viewer may know, and the world around it. */

import type { Entry } from '../../cases/events.ts'
import { isMiscopied, normalNumber } from '../../cases/number.ts'
import type { CaseState } from '../../cases/state.ts'
import { view } from '../../cases/view.ts'
import type { World } from '../../cases/world.ts'
import { covers } from '../../cases/places.ts'
import { loadLedger } from '../../database/ledger.ts'
import type { CaseRef } from '../../database/queries/one-case.ts'
import type { Session } from '../context/session.ts'
import type { Deps, Language } from '../context/deps.ts'
import { problem } from '../problems/problem.ts'
import { cachedCase } from './case-cache.ts'
import { knowsCase } from './case-visibility.ts'
import { type CaseLabels, labelsFrom } from './labels.ts'
import { MISCOPIED } from './public-id.ts'

export interface LoadedCase {
  caseId: string
  number: string
  session: Session
  language: Language
  state: CaseState
  /** What the viewer may know of the state. */
  seen: CaseState
  head: { seq: number; hash: string }
  incarnation: number
  world: World
  /** Hex. */
  commitmentKey: string
  /** How steps were opened, ended, corrected and sent back: also of hidden runs. */
  past: Entry[]
  labelsOf: (state: CaseState | null) => CaseLabels
  /** The world with every procedure that a later state of the case runs. */
  withProceduresOf: (state: CaseState, world: World) => Promise<World>
}

/** What forms and reasons are told from: a loaded case, or the case behind a partner's link. */
export type CaseInWords = Pick<LoadedCase, 'state' | 'world' | 'language' | 'labelsOf'>

/** The entries from `since` (exclusive) to `to` (inclusive). */
export const entriesOf = async (deps: Deps, caseId: string, since: number, to: number): Promise<Entry[]> =>
  ((await loadLedger(deps.sql, deps.ring, caseId, since))?.entries ?? []).filter((entry) => entry.seq <= to)

export const withProceduresFrom =
  (deps: Deps): LoadedCase['withProceduresOf'] =>
  async (state, world) => {
    const hashes = Object.values(state.runs).map((run) => run.procedure.hash)
    const found = await deps.byHash(hashes.filter((hash) => world.shelf[hash] === undefined))
    return { ...world, shelf: { ...world.shelf, ...Object.fromEntries(found.map((one) => [one.hash, one])) } }
  }

/** Asked again for the same state, the same labels. */
export const labelsFor = (
  { country }: Deps,
  { user: self }: Session,
  language: Language,
  names: Map<string, string>,
): LoadedCase['labelsOf'] => {
  const made = new Map<CaseState | null, CaseLabels>()
  return (state) => {
    const labels = made.get(state) ?? labelsFrom({ country, names, language, self, state })
    made.set(state, labels)
    return labels
  }
}

/** Whoever would have known the case is told that it is gone; nobody else that it was there. */
const erased = ({ settings, holds, user }: Session, ref: CaseRef) => {
  const known = holds.some((held) => ref.places.some((place) => covers(held.place, place, settings.places)))
  if (!known && ref.caseManager !== user) return problem('not_found')
  return problem('case_erased', { more: { erased: ref.erasedOn?.toISOString().slice(0, 10) } })
}

/** Throws `case_erased`, or `not_found` for a case that does not exist, is not open yet, or is hidden from the viewer, and says so of a miscopied number. */
export const loadCase = async (
  deps: Deps,
  session: Session,
  language: Language,
  typed: string,
): Promise<LoadedCase> => {
  if (isMiscopied(typed)) throw problem('not_found', { detail: MISCOPIED })
  const [cached, names] = await Promise.all([cachedCase(deps, normalNumber(typed) ?? typed), deps.names()])
  if (cached === undefined || cached.status === 'new') throw problem('not_found')
  if (cached.erasedOn !== null) throw erased(session, cached)
  const { caseId, number, state, head, incarnation, commitmentKey, past } = cached
  const { settings } = session
  const now = deps.realNow() + settings.offsetMs
  const withProceduresOf = withProceduresFrom(deps)
  const world = await withProceduresOf(state, { settings, now, shelf: {}, published: {} })
  const seen = view(state, session.principal, world)
  if (!knowsCase(seen, session.principal, settings)) throw problem('not_found')
  const known = {
    caseId,
    number,
    session,
    language,
    withProceduresOf,
    labelsOf: labelsFor(deps, session, language, names),
  }
  return { ...known, state, seen, head, incarnation, world, commitmentKey, past }
}
