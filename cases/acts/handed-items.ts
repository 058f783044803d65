/** Open steps that go from hand to hand; what is restricted stays with its own ladder. */

import type { ItemId, ResolvedRole } from '../events.ts'
import { liveItems } from '../progress/draft.ts'
import type { CaseState, StepState } from '../state.ts'

export const namesUser = (roles: ResolvedRole[] | undefined, user: string): boolean =>
  (roles ?? []).some((one) => 'user' in one && one.user === user)

export function openItems(state: CaseState, wanted: (step: StepState, item: ItemId) => boolean): ItemId[] {
  return liveItems(state).flatMap(({ item, runId, step }) =>
    state.runs[runId]?.visibleTo === null && step.status === 'open' && wanted(step, item) ? [item] : [],
  )
}
