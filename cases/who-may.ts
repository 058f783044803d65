/** Every rule of permission and of four eyes. */

import type { Principal } from './actions.ts'
import type { By } from './events.ts'
import { covers } from './places.ts'
import type { Work } from './progress/draft.ts'
import { fieldValue, hiddenUser } from './field-value.ts'
import type { Who } from './refusals.ts'
import type { CaseState, Run, StepState } from './state.ts'
import type { World } from './world.ts'

type Places = World['settings']['places']

export function holdsRole(principal: Principal, role: string, place: string | null, places: Places): boolean {
  if (principal.kind !== 'user') return false
  if (role === 'anyone') return true
  return principal.holds.some((held) => held.role === role && covers(held.place, place, places))
}

/** Roles of the rungs that went out: a rung tells a role and lets it act. */
export function toldRoles(state: CaseState, item: string): string[] {
  return Object.values(state.clocks)
    .filter((clock) => clock.item === item)
    .flatMap((clock) => clock.fired.map((one) => one.to))
    .filter((to) => !to.includes(':'))
}

/** As what the principal may act on an open step; null when it is not theirs. */
export function actingRole(state: CaseState, work: Work, principal: Principal, places: Places): string | null {
  const { step } = work
  const place = step.place ?? null
  for (const one of step.roles ?? []) {
    if ('partner' in one) {
      if (principal.kind === 'partner' && principal.partner === one.partner) return `partner:${one.partner}`
      if (holdsRole(principal, 'case_manager', place, places)) return 'case_manager'
    } else if ('user' in one) {
      if (principal.kind === 'user' && principal.user === one.user) return 'assigned'
    } else if (holdsRole(principal, one.role, place, places)) return one.role
  }
  return toldRoles(state, work.item).find((role) => holdsRole(principal, role, place, places)) ?? null
}

/** The roles and places that a step waits for. */
export function whoCould(state: CaseState, work: Work): Who[] {
  const place = work.step.place ?? null
  const roles = (work.step.roles ?? []).map((one) =>
    'role' in one ? one.role : 'partner' in one ? 'case_manager' : 'assigned',
  )
  return [...new Set([...roles, ...toldRoles(state, work.item)])].map((role) => ({ role, place }))
}

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

/** Whoever submitted what is decided, or is named in `not_by`, may not decide it. */
export function mayNotDecide(work: Work, principal: Principal): boolean {
  if (work.rule.kind !== 'decision' || principal.kind !== 'user') return false
  const submitted = work.rule.after.flat().map((one) => work.run.steps[one.step])
  const barred = work.rule.notBy.flatMap((path) =>
    path.includes('.') ? [fieldValue(path, work.run)] : submitters(work.run.steps[path]),
  )
  return [...submitted.flatMap(submitters), ...barred].includes(principal.user)
}

/** Out of turn a step is ended by two: who proposed it, and who signed. */
const submitters = (step: StepState | undefined): (string | null)[] => [endedBy(step), userOf(step?.proposedBy)]

export const endedBy = (step: StepState | undefined): string | null => userOf(step?.endedBy)

function userOf(by: By | undefined): string | null {
  return by?.kind === 'user' ? by.user : by?.kind === 'partner' ? (by.user ?? null) : null
}
