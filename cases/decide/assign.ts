import { emit, decided, type Work } from '../progress/draft.ts'
import { setFact } from '../progress/end-step.ts'
import { settle } from '../progress/settle.ts'
import { hiddenUser } from '../field-value.ts'
import { root } from '../places.ts'
import type { Refusal } from '../refusals.ts'
import { actingRole, holdsRole, whoCould } from '../who-may.ts'
import { isRefusal, openWork } from '../why-not.ts'
import type { Decision } from '../world.ts'
import { type Asked, type Asking, begin, refused, type Standing } from './asked.ts'

export const SUPERVISORS = ['supervisor', 'regional_coordinator', 'national_coordination']

/** The role of supervision that a principal holds over a place; null when none. */
export function supervises({ action, world }: Standing, place: string | null): string | null {
  return SUPERVISORS.find((role) => holdsRole(action.by, role, place, world.settings.places)) ?? null
}
export const supervisorOf = (place: string | null): Refusal => ({
  code: 'role_required',
  who: [{ role: 'supervisor', place }],
})
export function placeOfCase({ state, world }: Pick<Asking, 'state' | 'world'>): string | null {
  const place = state.facts['home'] ?? state.facts['centre'] ?? root(world.settings.places)
  return typeof place === 'string' ? place : null
}

/** A supervisor hands one step to one person; the clock runs on. */
export function assignStep(asked: Asked<'assign_step'>): Decision {
  const { state, world, action, act } = asked
  const work = openWork(state, act.step, action.by, world)
  if (isRefusal(work)) return refused(work)
  const role = supervises(asked, work.step.place ?? null)
  if (role === null) return refused(supervisorOf(work.step.place ?? null))
  return assigned(asked, work, role, act.to, act.reason, false)
}

/** Whoever may do a step may ask a colleague to do it; what they were told stays told. */
export function delegate(asked: Asked<'delegate'>): Decision {
  const { state, world, action, act } = asked
  const work = openWork(state, act.step, action.by, world)
  if (isRefusal(work)) return refused(work)
  const role = actingRole(state, work, action.by, world.settings.places)
  if (role === null) return refused({ code: 'role_required', who: whoCould(state, work) })
  return assigned(asked, work, role, act.to, null, true)
}

function assigned(
  asked: Asking,
  work: Work,
  role: string,
  to: string,
  reason: string | null,
  delegated: boolean,
): Decision {
  if (to === hiddenUser(work.run)) {
    return refused({ code: 'answers_invalid', errors: [{ pointer: '/to', code: 'not_an_option' }] })
  }
  const draft = begin(asked, role)
  emit(draft, { kind: 'step_assigned', item: work.item, to, reason, delegated })
  emit(draft, {
    kind: 'notice_given',
    item: work.item,
    to: `user:${to}`,
    place: work.step.place ?? null,
    notice: 'assigned',
  })
  return decided(draft)
}

/** All open steps of the role move with it. */
export function changeCaseManager(asked: Asked<'change_case_manager'>): Decision {
  if (asked.state.status === 'closed') return refused({ code: 'case_closed' })
  const place = placeOfCase(asked)
  const role = supervises(asked, place)
  if (role === null) return refused(supervisorOf(place))
  const draft = begin(asked, role)
  setFact(draft, 'case_manager', asked.act.to, null)
  settle(draft)
  return decided(draft)
}
