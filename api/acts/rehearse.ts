/** What an action would lead to on the state as recorded: time first, then the action, with look-ups as needed. */

import type { Action } from '../../cases/actions.ts'
import { decide } from '../../cases/decide.ts'
import type { Entry } from '../../cases/events.ts'
import type { Refusal } from '../../cases/refusals.ts'
import type { CaseState } from '../../cases/state.ts'
import { wake } from '../../cases/wake.ts'
import type { Decision, World } from '../../cases/world.ts'
import type { CompiledProcedure } from '../../procedures/language/compiled.ts'

export type Rehearsal =
  | { kind: 'events'; entries: Entry[]; before: CaseState; after: CaseState }
  | { kind: 'refused'; refusal: Refusal }

/** The newest published form of procedures; absent ones are left out. */
export type LookUp = (procedures: string[]) => Promise<CompiledProcedure[]>

const MOST_LOOK_UPS = 5

/** The world in which these are the newest published. */
export const withPublished = (world: World, found: CompiledProcedure[]): World => ({
  ...world,
  shelf: { ...world.shelf, ...Object.fromEntries(found.map((one) => [one.hash, one])) },
  published: { ...world.published, ...Object.fromEntries(found.map((one) => [one.id, one.hash])) },
})

const decideWith = async (start: World, lookUp: LookUp, ask: (world: World) => Decision) => {
  let world = start
  let decision = ask(world)
  for (let round = 0; decision.kind === 'look_up' && round < MOST_LOOK_UPS; round++) {
    world = withPublished(world, await lookUp(decision.wanted.procedures))
    decision = ask(world)
  }
  return { decision, world }
}

/** Never records. A look-up that finds nothing is a procedure that does not exist: `not_found`. */
export const rehearse = async (state: CaseState, action: Action, start: World, lookUp: LookUp): Promise<Rehearsal> => {
  const woken = await decideWith(start, lookUp, (world) => wake(state, world))
  const before = woken.decision.kind === 'events' ? woken.decision.state : state
  const { decision } = await decideWith(woken.world, lookUp, (world) => decide(before, action, world))
  switch (decision.kind) {
    case 'events':
      return { kind: 'events', entries: decision.entries, before, after: decision.state }
    case 'refused':
      return decision
    case 'look_up':
      return { kind: 'refused', refusal: { code: 'not_found' } }
  }
}
