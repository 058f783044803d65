/** Running clocks are counted again when the calendar or the date that they count from has changed. */

import { shift } from '../clocks/place-terms.ts'
import type { Mark } from '../events.ts'
import { parseItem } from '../item.ts'
import type { Clock } from '../state.ts'
import { type Draft, emit } from './draft.ts'
import { anchorAt } from './moments.ts'
import { atItsHour } from './hour-of-day.ts'
import type { Anchor } from '../../procedures/language/compiled.ts'

export function replan(draft: Draft, because: 'calendar' | 'correction'): void {
  for (const [id, clock] of Object.entries(draft.state.clocks)) {
    if (clock.heldBy.length > 0) continue
    const marks = counted(draft, clock)
    if (marks.some((mark, index) => mark.at !== clock.marks[index]?.at)) {
      emit(draft, { kind: 'clock_replanned', clock: id, marks, because })
    }
  }
}

function counted(draft: Draft, clock: Clock): Mark[] {
  const { settings } = draft.world
  const anchor = anchorNow(draft, clock)
  const moved = anchor - clock.anchor.at
  const again = (mark: Mark): Mark => {
    if (mark.plan.from === null) return mark
    const from = mark.plan.from === clock.anchor.at ? mark.plan.from + moved : mark.plan.from
    return { ...mark, plan: { ...mark.plan, from }, at: shift(from, mark.plan.terms, settings, clock.place) }
  }
  const placed = clock.marks.map(again)
  const target = placed.find((mark) => mark.kind === 'target')?.at ?? clock.target
  const timing = { engine: draft.state.engine, clock: clock.kind, now: draft.at, target, settings, place: clock.place }
  return placed
    .map((mark) =>
      mark.plan.from === null ? { ...mark, at: shift(target, mark.plan.terms, settings, clock.place) } : mark,
    )
    .map((mark) => atItsHour(mark, timing))
}

/** Facts, inputs and fields may have been corrected; an opening or an ended step stays where it is. */
function anchorNow(draft: Draft, clock: Clock): number {
  const run = draft.state.runs[parseItem(clock.item)?.run ?? '']
  const anchor = run && readable(clock.anchor)
  return (anchor && anchorAt(anchor, clock.anchor.at, draft.state, run)?.at) ?? clock.anchor.at
}

function readable({ kind, ref = '' }: Clock['anchor']): Anchor | null {
  const [step = '', field = ''] = ref.split('.')
  if (kind === 'fact') return { kind, fact: ref }
  if (kind === 'input') return { kind, field: ref }
  return kind === 'field' ? { kind, step, field } : null
}
