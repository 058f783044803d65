import { decided, emit, newDraft } from './progress/draft.ts'
import { replan } from './progress/replan.ts'
import { settle } from './progress/settle.ts'
import type { CaseState } from './state.ts'
import type { Decision, World } from './world.ts'

/** New settings reach the case: a version that it has is ignored, running clocks are counted again. */
export function takeSettings(state: CaseState, world: World): Decision {
  const draft = newDraft(state, world, { kind: 'time' }, world.now, null)
  if (state.status !== 'open' || world.settings.version <= state.settingsVersion) return decided(draft)
  emit(draft, { kind: 'settings_taken', version: world.settings.version })
  replan(draft, 'calendar')
  settle(draft)
  return decided(draft)
}
