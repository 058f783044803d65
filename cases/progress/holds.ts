/** A hold lives as long as its step: the clocks it holds keep their remainder. A step that holds is never held. */

import { ALL_ORDINARY, type Term } from '../../procedures/language/compiled.ts'
import { finestUnit, remaining } from '../clocks/measure.ts'
import { shift } from '../clocks/place-terms.ts'
import type { ClockId, ItemId, Mark } from '../events.ts'
import { parseItem } from '../item.ts'
import { covers } from '../places.ts'
import type { Clock } from '../state.ts'
import { type Draft, emit, liveItems, type Work, workOf } from './draft.ts'
import { atItsHour } from './hour-of-day.ts'

export function applyHolds(draft: Draft): void {
  for (const { item, step } of liveItems(draft.state)) {
    const work = step.status === 'open' ? workOf(draft.state, draft.world, item) : null
    if (!work || work.rule.holds.length === 0) continue
    for (const [id, clock] of Object.entries(draft.state.clocks)) {
      const held = clock.heldBy.includes(item)
      if (held === isHeld(draft, work, clock)) continue
      if (!held)
        withPresent(draft, () => emit(draft, { kind: 'clock_held', clock: id, by: item, left: leftOf(draft, clock) }))
      else if (work.rule.holds.some(isHere)) release(draft, id, clock, item)
    }
  }
}

export function releaseHolds(draft: Draft, item: ItemId): void {
  for (const [id, clock] of Object.entries(draft.state.clocks)) {
    if (clock.heldBy.includes(item)) release(draft, id, clock, item)
  }
}

function release(draft: Draft, id: ClockId, clock: Clock, item: ItemId): void {
  const marks = clock.heldBy.length > 1 ? clock.marks : resumed(draft, clock)
  withPresent(draft, () => emit(draft, { kind: 'clock_resumed', clock: id, by: item, marks }))
}

export function releaseRun(draft: Draft, runId: string): void {
  for (const { item } of liveItems(draft.state)) if (parseItem(item)?.run === runId) releaseHolds(draft, item)
}

/** Whether a live hold of another run or step stops this item; the items whose holds do. */
export function holdersOf(clocks: Record<string, Clock>, item: ItemId): ItemId[] {
  return Object.values(clocks)
    .filter((clock) => clock.item === item)
    .flatMap((clock) => clock.heldBy)
}

const HERE = ' here'
const isHere = (target: string): boolean => target.endsWith(HERE)

function isHeld(draft: Draft, holder: Work, clock: Clock): boolean {
  const held = workOf(draft.state, draft.world, clock.item)
  if (!held || clock.item === holder.item || held.rule.holds.length > 0) return false
  const own = holder.runId === held.runId
  const { places } = draft.world.settings
  const here = clock.place !== null && covers(holder.step.place ?? '', clock.place, places)
  return holder.rule.holds.some((named) => {
    if (isHere(named) && !here) return false
    const target = isHere(named) ? named.slice(0, -HERE.length) : named
    if (target === ALL_ORDINARY) return !own && held.run.visibleTo === null
    // In versions that were published before restricted runs were spared.
    if (target === 'all') return !own
    if (target.startsWith('#')) return held.rule.tags.includes(target.slice(1))
    return own ? target === held.rule.id : target === held.procedure.id
  })
}

/** Each mark keeps what is left of it in the unit that placed it. */
function leftOf(draft: Draft, clock: Clock): Record<string, Term> {
  return Object.fromEntries(clock.marks.map((mark) => [mark.id, leftOfMark(draft, clock, mark)]))
}

const leftOfMark = (draft: Draft, clock: Clock, mark: Mark): Term =>
  remaining(draft.now, mark.at, finestUnit(mark.plan.terms), draft.world.settings, clock.place)

function resumed(draft: Draft, clock: Clock): Mark[] {
  const { settings } = draft.world
  const { place } = clock
  const marks = clock.marks.map((mark) => {
    const terms = [clock.left?.[mark.id] ?? leftOfMark(draft, clock, mark)]
    return { ...mark, plan: { from: draft.now, terms }, at: shift(draft.now, terms, settings, place) }
  })
  const target = marks.find((mark) => mark.kind === 'target')?.at ?? clock.target
  const timing = { engine: draft.state.engine, clock: clock.kind, now: draft.now, target, settings, place }
  return marks.map((mark) => atItsHour(mark, timing))
}

/** Holds begin and end at the engine's present, whatever the instant that an act is said to have happened at. */
function withPresent(draft: Draft, run: () => void): void {
  const { at } = draft
  draft.at = draft.now
  run()
  draft.at = at
}
