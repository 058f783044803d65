/** How much more time a clock may be given, and what that does to its target. */

import type { Extension, Term } from '../procedures/language/compiled.ts'
import type { Settings } from '../procedures/language/settings.ts'
import { shift } from './clocks/place-terms.ts'
import type { Mark } from './events.ts'
import type { Work } from './progress/draft.ts'
import type { Clock } from './state.ts'

export function extensionOf(work: Work, clock: Clock): Extension | undefined {
  return clock.kind === 'lapses' ? work.rule.lapses?.extend : clock.kind === 'due' ? work.rule.extend : undefined
}

/** How much was given already, in the unit of the rule. */
export const timeGiven = (clock: Clock): number => clock.extended.reduce((sum, term) => sum + term.n, 0)

/** The target as it would be with that much more time. */
export function movedTarget(clock: Clock, by: Term, settings: Settings): Mark {
  const old = clock.marks.find((mark) => mark.kind === 'target')
  const plan = old ? { ...old.plan, terms: [...old.plan.terms, by] } : { from: clock.target, terms: [by] }
  const at = shift(plan.from ?? clock.target, plan.terms, settings, clock.place)
  return { id: 'target', kind: 'target', plan, at }
}
