/** Why something is refused, held or waiting: refusals and explanations say the same. */

import type { Principal } from './actions.ts'
import { type ClosedGate, closedGates, namesLater } from './conditions.ts'
import type { ItemId } from './events.ts'
import { clockId, itemId, parseItem } from './item.ts'
import { runOf, type Work, workOf } from './progress/draft.ts'
import { holdersOf } from './progress/holds.ts'
import type { Refusal } from './refusals.ts'
import type { CaseState } from './state.ts'
import { actingRole, endedBy, mayNotDecide, whoCould } from './who-may.ts'
import { seesRun } from './who-sees.ts'
import type { World } from './world.ts'

/** The step if it is open for this principal to see; otherwise why not. */
export function openWork(state: CaseState, item: ItemId, principal: Principal, world: World): Work | Refusal {
  const parts = parseItem(item)
  const work = workOf(state, world, item)
  const place = parts && runOf(state, world, parts.run)
  if (!parts || !work || !place || work.round < 1) return { code: 'not_found' }
  if (!seesRun(place.run, state, principal, world.settings.places)) return { code: 'not_found' }
  const { step } = work
  if (state.status === 'closed') return { code: 'case_closed' }
  if (work.round > step.round) return { code: 'not_found' }
  if (work.round < step.round) return { code: 'step_reopened', item, now: itemId(parts.run, parts.step, step.round) }
  switch (step.status) {
    case 'open':
      return work
    case 'done':
      return { code: 'step_ended', item, outcome: step.outcome ?? '', at: step.endedAt ?? 0, by: endedBy(step) }
    case 'waiting':
      return { code: 'step_not_open', item, opens: state.clocks[clockId(item, 'opens')]?.target ?? null }
    case 'pending':
    case 'not_needed':
    case 'off_path':
      return { code: 'step_not_open', item, opens: null }
  }
}
export const isRefusal = <T extends object>(answer: T | Refusal): answer is Refusal => 'code' in answer

/** Why this principal may not complete this open step now; null when they may. */
export function whyNot(state: CaseState, work: Work, principal: Principal, world: World): Refusal | null {
  const { places } = world.settings
  if (actingRole(state, work, principal, places) === null) return { code: 'role_required', who: whoCould(state, work) }
  if (mayNotDecide(work, principal)) return { code: 'own_submission', who: whoCould(state, work) }
  const gates = closedGatesOf(state, work, world)
  if (gates.length > 0) return { code: 'gate_closed', gates }
  if (holdersOf(state.clocks, work.item).length > 0) {
    return { code: 'on_hold', who: [{ role: 'supervisor', place: work.step.place ?? null }] }
  }
  return null
}

export function closedGatesOf(state: CaseState, work: Work, world: World): ClosedGate[] {
  return closedGates(work.rule.requires, work.procedure.gates, namesLater(state, world.settings, work.run, work.runId))
}
