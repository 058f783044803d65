/** Who may sign, as the second person, an ending out of turn; and what no signature stands in for. */

import type { Principal } from './actions.ts'
import type { Work } from './progress/draft.ts'
import type { Who } from './refusals.ts'
import type { CaseState } from './state.ts'
import { holdsRole, SUPERVISORS } from './who-may.ts'
import type { ClosedGate } from './conditions.ts'
import { closedGatesOf } from './why-not.ts'
import type { World } from './world.ts'

/** Consent is the person's alone: a step that asks for it is not ended without, by anybody. */
export function consentsMissing(state: CaseState, work: Work, world: World): ClosedGate[] {
  return closedGatesOf(state, work, world).filter(({ gate }) =>
    /\bconsent\./.test(work.procedure.gates[gate]?.open ?? ''),
  )
}

/** Passing a closed gate is signed by whoever may open it, anything else by a supervisor. */
function signatures(state: CaseState, work: Work, world: World): string[][] {
  const closed = closedGatesOf(state, work, world).map(({ openedBy }) => openedBy)
  return closed.length > 0 ? closed : [SUPERVISORS]
}

export function signers(state: CaseState, work: Work, world: World): Who[] {
  const place = work.step.place ?? null
  const roles = signatures(state, work, world).map((any) => (any === SUPERVISORS ? ['supervisor'] : any))
  return [...new Set(roles.flat())].map((role) => ({ role, place }))
}

/** As what the principal signs; null when they may not, or proposed it themselves. */
export function signingRole(state: CaseState, work: Work, principal: Principal, world: World): string | null {
  const first = work.step.proposed?.by
  if (first?.kind === 'user' && principal.kind === 'user' && first.user === principal.user) return null
  const held = signatures(state, work, world).map((any) =>
    any.find((role) => holdsRole(principal, role, work.step.place ?? null, world.settings.places)),
  )
  return held.includes(undefined) ? null : (held[0] ?? null)
}
