/**
 * Every rule of who may act, and of four eyes. Who may know of a restricted run is in `who-sees.ts`, who signs an ending
 * out of turn in `who-countersigns.ts`; each act asks these from its file in `acts/`.
 */

import type { Action, Principal } from './actions.ts'
import type { By } from './events.ts'
import { covers, root } from './places.ts'
import type { Work } from './progress/draft.ts'
import { fieldValue } from './field-value.ts'
import type { Refusal, Who } from './refusals.ts'
import type { CaseState, StepState } from './state.ts'
import type { World } from './world.ts'

export type Places = World['settings']['places']
/** Who asks, and in which world: enough to say what they are there. */
export interface Standing {
  world: World
  action: Pick<Action, 'by'>
}

/** Roles of supervision, the nearest first. */
export const SUPERVISORS = ['supervisor', 'regional_coordinator', 'national_coordination']
/** Roles that keep what the person says of themselves: consents, and who they are. */
const KEEPERS = ['case_manager', 'registration_agent']

export function holdsRole(principal: Principal, role: string, place: string | null, places: Places): boolean {
  if (principal.kind !== 'user') return false
  if (role === 'anyone') return true
  return principal.holds.some((held) => held.role === role && covers(held.place, place, places))
}

/** The role of supervision that a principal holds over a place; null when none. */
export function supervises({ action, world }: Standing, place: string | null): string | null {
  return SUPERVISORS.find((role) => holdsRole(action.by, role, place, world.settings.places)) ?? null
}
export const supervisorOf = (place: string | null): Refusal => ({
  code: 'role_required',
  who: [{ role: 'supervisor', place }],
})

/** Where a case is followed: its home, else its centre, else the country. */
export function placeOfCase({ state, world }: { state: CaseState; world: World }): string | null {
  const place = state.facts['home'] ?? state.facts['centre'] ?? root(world.settings.places)
  return typeof place === 'string' ? place : null
}

/** As what somebody keeps what the person says of themselves; null when they may not. */
export function keeperOf(standing: Standing, state: CaseState): string | null {
  const { action, world } = standing
  const place = placeOfCase({ state, world })
  return KEEPERS.find((role) => holdsRole(action.by, role, place, world.settings.places)) ?? supervises(standing, place)
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

/** As what somebody may correct a step that has ended: its author, a holder of its role, or a supervisor; else null. */
export function correctingRole(standing: Standing, state: CaseState, work: Work): string | null {
  const { world, action } = standing
  const by = action.by.kind === 'user' ? action.by.user : null
  if (by !== null && endedBy(work.step) === by) return 'author'
  const place = work.step.place ?? null
  const role = work.rule.role
    .flatMap((one) => one.then)
    .find((ref) => 'role' in ref && holdsRole(action.by, ref.role, place, world.settings.places))
  return role && 'role' in role
    ? role.role
    : (actingRole(state, work, action.by, world.settings.places) ?? supervises(standing, place))
}

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
