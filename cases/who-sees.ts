/** Who may know of a run, and read it. */

import type { Principal } from './actions.ts'
import { hiddenUser } from './field-value.ts'
import type { CaseState, Run, StepState } from './state.ts'
import { holdsRole, type Places } from './who-may.ts'

/** Restricted runs exist only for those who may be assigned to them, and never for whom they are about. */
export function seesRun(run: Run, state: CaseState, principal: Principal, places: Places): boolean {
  if (run.visibleTo === null) return true
  if (principal.kind !== 'user') return false
  if (hiddenUser(run) === principal.user) return false
  const steps = Object.values(run.steps)
  return steps.some((step) => namesUser(step, principal.user)) || assignableRole(run, state, principal, places) !== null
}

/** As what the principal may be assigned to a restricted run; null when by no role. */
export function assignableRole(run: Run, state: CaseState, principal: Principal, places: Places): string | null {
  const where = placesOfRun(run, state)
  const may = (role: string) => role !== 'anyone' && where.some((at) => holdsRole(principal, role, at, places))
  return run.visibleTo?.find(may) ?? null
}

/** What a run holds is read by its readers and by whoever has a step of it by name; where no readers are named, by all. */
export function readsRun(
  run: Run,
  readBy: string[] | undefined,
  state: CaseState,
  principal: Principal,
  places: Places,
): boolean {
  if (readBy === undefined) return true
  if (principal.kind !== 'user') return false
  const steps = Object.values(run.steps)
  const where = placesOfRun(run, state)
  return (
    steps.some((step) => namesUser(step, principal.user)) ||
    readBy.some((role) => where.some((at) => holdsRole(principal, role, at, places)))
  )
}

/** Where the case is followed, and wherever a step of the run is done. */
function placesOfRun(run: Run, state: CaseState): (string | null)[] {
  const known = state.facts['home'] ?? state.facts['centre']
  const ofSteps = Object.values(run.steps).flatMap(({ place }) => place ?? [])
  return [...new Set([typeof known === 'string' ? known : null, ...ofSteps])]
}

const namesUser = (step: StepState, user: string): boolean =>
  step.owner === user || (step.roles ?? []).some((one) => 'user' in one && one.user === user)
