import type { Principal } from '../actions.ts'
import { workOf } from '../progress/draft.ts'
import { holdersOf } from '../progress/holds.ts'
import type { Refusal } from '../refusals.ts'
import type { CaseState } from '../state.ts'
import { holdsRole } from '../who-may.ts'
import type { World } from '../world.ts'

/**
 * A refusal as its reader should hear it: a hold names the steps that lift it, if they may be known, and sends nobody to
 * themselves. `seen` is the reader's view of the case.
 */
export function heldFor(
  refusal: Refusal,
  item: string | null,
  seen: CaseState,
  reader: Principal,
  world: World,
): Refusal {
  if (refusal.code !== 'on_hold') return refusal
  const { places } = world.settings
  const holders = item === null ? [] : [...new Set(holdersOf(seen.clocks, item))]
  return {
    ...refusal,
    who: refusal.who.filter(({ role, place }) => !holdsRole(reader, role, place, places)),
    by: holders.filter((holder) => workOf(seen, world, holder) !== null),
  }
}
