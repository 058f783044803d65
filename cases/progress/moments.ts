import type { Anchor, Moment } from '../../procedures/language/compiled.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import { startOf } from '../clocks/civil.ts'
import { shift } from '../clocks/place-terms.ts'
import type { AnswerValue } from '../events.ts'
import type { CaseState, Run } from '../state.ts'
import type { Instant } from '../time.ts'

export interface Anchored {
  kind: string
  ref?: string
  at: Instant
}

/** null when the date or step that it counts from is not known yet. */
export function anchorAt(anchor: Anchor, opening: Instant, state: CaseState, run: Run): Anchored | null {
  switch (anchor.kind) {
    case 'opening':
    case 'due':
      return { kind: 'opening', at: opening }
    case 'step': {
      const ended = run.steps[anchor.step]?.endedAt
      return ended === undefined ? null : { kind: 'step', ref: anchor.step, at: ended }
    }
    case 'field':
      return dated('field', `${anchor.step}.${anchor.field}`, run.steps[anchor.step]?.answers?.[anchor.field])
    case 'input':
      return dated('input', anchor.field, run.inputs[anchor.field])
    case 'fact':
      return dated('fact', anchor.fact, state.facts[anchor.fact])
  }
}

/** Partial dates count from their first day. */
function dated(kind: string, ref: string, value: AnswerValue | undefined): Anchored | null {
  if (typeof value !== 'string' || !/^\d{4}(-\d{2}){0,2}$/.test(value)) return null
  return { kind, ref, at: startOf(`${value}-01-01`.slice(0, 10)) }
}

/** The instant of a moment; counted from the opening when its anchor is not known. */
export function momentAt(
  moment: Moment,
  opening: Instant,
  state: CaseState,
  run: Run,
  settings: Settings,
  place: string | null,
): { anchor: Anchored; at: Instant } {
  const anchor = anchorAt(moment.anchor, opening, state, run) ?? { kind: 'opening', at: opening }
  return { anchor, at: shift(anchor.at, moment.terms, settings, place) }
}
