import type { Settings } from '../../procedures/language/settings.ts'
import type { ClockId } from '../events.ts'
import type { CaseState, Clock } from '../state.ts'
import { dayAt } from './civil.ts'
import { shift } from './place-terms.ts'

/**
 * Running clocks whose marks are not where their budget ends when it is counted again (I4). A case that has not taken
 * these settings yet counts by others, and a reminder may have been moved into the morning: neither is judged.
 */
export function clocksAstray(state: CaseState, settings: Settings): ClockId[] {
  if (state.status !== 'open' || state.settingsVersion !== settings.version) return []
  return Object.entries(state.clocks).flatMap(([id, clock]) => (fits(clock, settings) ? [] : [id]))
}

function fits(clock: Clock, settings: Settings): boolean {
  if (clock.heldBy.length > 0) return true
  return clock.marks.every(({ kind, plan, at }) => {
    if (kind === 'reminder') return true
    // A step that opens on a day opens in its morning, or as it ends: by the engine that placed it.
    const same = clock.kind === 'opens' ? dayAt : (instant: number) => instant
    const from = kind === 'target' ? plan.from : (plan.from ?? clock.target)
    const target = kind !== 'target' || at === clock.target
    return target && (from === null || same(shift(from, plan.terms, settings, clock.place)) === same(at))
  })
}
