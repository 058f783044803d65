import { decided, emit, newDraft } from './progress/draft.ts'
import type { CaseState } from './state.ts'
import type { Decision, World } from './world.ts'

/** From here on the case behaves as the newer engine does; what was planned before stays as it was planned. */
export function takeEngine(state: CaseState, engine: number, world: World): Decision {
  const draft = newDraft(state, world, { kind: 'time' }, world.now, null)
  if (state.status === 'open' && engine > state.engine) emit(draft, { kind: 'engine_taken', engine })
  return decided(draft)
}
