import type { Act, ActName, Action } from '../actions.ts'
import { dayOf } from '../clocks/civil.ts'
import type { By } from '../events.ts'
import { type Draft, emit, newDraft } from '../progress/draft.ts'
import type { FieldError, Refusal } from '../refusals.ts'
import type { CaseState } from '../state.ts'
import type { Instant } from '../time.ts'
import type { Decision, World } from '../world.ts'

/** An action on its way through a decision. */
export interface Asking {
  state: CaseState
  world: World
  action: Action
}
/** `Asking`, its act narrowed to one kind. */
export interface Asked<A extends ActName> extends Asking {
  act: Extract<Act, { act: A }>
}
const MINUTES_AHEAD = 5 * 60_000

export const refused = (refusal: Refusal): Decision => ({ kind: 'refused', refusal })

/** `role`: as what the principal acts. The first entry is always the action itself. */
export function begin(asked: Asking, role: string, at: Instant = asked.world.now): Draft {
  const { action, state, world } = asked
  const draft = newDraft(state, world, actor(asked, role), at, action.id)
  draft.now = world.now
  emit(draft, {
    kind: 'action_taken',
    act: action.act.act,
    digest: action.digest,
    via: action.via,
    received: action.received,
  })
  return draft
}

function actor({ action }: Asking, role: string): By {
  if (action.by.kind === 'partner') return { kind: 'partner', partner: action.by.partner }
  return { kind: 'user', user: action.by.user, role }
}

/**
 * When something happened is believed from the day the step opened until now. A bare day reaches the core as an
 * instant of that day, so it is pulled to the opening itself.
 */
export function happenedErrors(action: Action, openedAt: Instant, now: Instant): FieldError[] {
  const early = dayOf(action.happened) < dayOf(openedAt)
  const late = action.happened > now + MINUTES_AHEAD
  if (!early && !late) return []
  return [{ pointer: '/happened', code: 'happened_unbelievable', atLeast: openedAt, atMost: now }]
}
export const happenedAt = (action: Action, openedAt: Instant, now: Instant): Instant =>
  Math.min(Math.max(action.happened, openedAt), now)
