/** Who may begin a procedure over many cases, and where; the same may know of its batches and lift them. */

import { root } from '../../../cases/places.ts'
import { holdsRole } from '../../../cases/who-may.ts'
import type { CompiledProcedure } from '../../../procedures/language/compiled.ts'
import type { Session } from '../../context/session.ts'
import type { Deps, Language, Present } from '../../context/deps.ts'
import { problem } from '../../problems/problem.ts'

export const batchRoles = ({ begins }: CompiledProcedure): string[] =>
  begins.flatMap((way) => (way.kind === 'batch' ? way.by : []))

/** The newest versions of those that begin as a batch. */
export const batchProcedures = async (deps: Deps): Promise<CompiledProcedure[]> =>
  (await deps.newest(Object.keys(deps.country.procedures))).filter((one) => batchRoles(one).length > 0)

export const mayBeginAt = (
  { principal }: Session,
  { settings }: Present,
  procedure: CompiledProcedure,
  place: string | null,
): boolean => {
  const at = place ?? root(settings.places)
  return batchRoles(procedure).some((role) => holdsRole(principal, role, at, settings.places))
}

/** Throws `role_required` for whoever holds none of its roles anywhere. */
export const mustHoldRole = (deps: Deps, session: Session, procedure: CompiledProcedure, language: Language): void => {
  const roles = batchRoles(procedure)
  if (session.principal.holds.some((held) => roles.includes(held.role))) return
  const who = roles.map((id) => ({ role: { id, label: deps.country.roles[id]?.title[language] ?? id } }))
  throw problem('role_required', { more: { who } })
}
