import { decided, emit, newDraft } from './progress/draft.ts'
import type { CaseState } from './state.ts'
import type { Decision, World } from './world.ts'

/** The first entry of a new incarnation: from here on another workflow writes. What fell due meanwhile comes after it. */
export function revive(state: CaseState, world: World, incarnation: number): Decision {
  const draft = newDraft(state, world, { kind: 'time' }, world.now, null)
  emit(draft, { kind: 'revived', incarnation })
  return decided(draft)
}
