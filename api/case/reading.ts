import { Reading } from '../../database/queries/reads.ts'
import type { LoadedCase } from './load-case.ts'
import { knowsCase } from './case-visibility.ts'
import type { Deps } from '../context/deps.ts'

/** Puts on record that this viewer reads of this case; `run`: what the screen is about, null for the whole case. */
export function readingOf(deps: Deps, loaded: LoadedCase, purpose: string, run: string | null): Reading {
  const hidden = restrictedRuns(loaded)
  const told = run !== null && hidden.includes(run) ? run : knowsOtherwise(loaded, hidden) ? null : (hidden[0] ?? null)
  return Reading.by(deps.sql, [{ user: loaded.session.user, purpose, caseIds: [loaded.caseId], run: told }])
}

const restrictedRuns = ({ seen }: LoadedCase): string[] =>
  Object.keys(seen.runs).filter((run) => seen.runs[run]?.visibleTo != null)

/** That a focal point looked at a case at all would tell of the run that brought them there. */
function knowsOtherwise({ seen, session, world }: LoadedCase, hidden: string[]): boolean {
  const roles = new Set(hidden.flatMap((run) => seen.runs[run]?.visibleTo ?? []))
  const runs = Object.fromEntries(Object.entries(seen.runs).filter(([run]) => !hidden.includes(run)))
  const holds = session.principal.holds.filter((held) => !roles.has(held.role))
  return knowsCase({ ...seen, runs }, { ...session.principal, holds }, world.settings)
}
