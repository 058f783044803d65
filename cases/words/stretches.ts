/** What the entries of a case tell about one clock: when it ran, when it was held, what it was planned by. */

import type { Term } from '../../procedures/language/compiled.ts'
import type { Entry, Mark } from '../events.ts'
import { clockId } from '../item.ts'
import type { Clock } from '../state.ts'
import type { Instant } from '../time.ts'

/** `until` is absent while a hold lasts. */
export type Stretch = { kind: 'ran'; from: Instant; until: Instant } | { kind: 'held'; from: Instant; until?: Instant }

/** From the anchor to the deadline, with the holds between. */
export function stretchesOf(clock: Clock, entries: readonly Entry[]): Stretch[] {
  const id = clockId(clock.item, clock.kind)
  const stretches: Stretch[] = []
  const holders = new Set<string>()
  let since = clock.anchor.at
  for (const { at, event } of entries) {
    if ((event.kind !== 'clock_held' && event.kind !== 'clock_resumed') || event.clock !== id) continue
    const wasHeld = holders.size > 0
    if (event.kind === 'clock_held') holders.add(event.by)
    else holders.delete(event.by)
    if (wasHeld === holders.size > 0) continue
    stretches.push({ kind: wasHeld ? 'held' : 'ran', from: since, until: at })
    since = at
  }
  if (holders.size > 0) return [...stretches, { kind: 'held', from: since }]
  // Held, but by entries that were not given: where it ran to is not known.
  return clock.heldBy.length > 0 ? stretches : [...stretches, { kind: 'ran', from: since, until: clock.target }]
}

/** The terms by which the deadline was last placed from the anchor; null when a hold has cut them. */
export function termsFromAnchor(clock: Clock, entries: readonly Entry[]): Term[] | null {
  const id = clockId(clock.item, clock.kind)
  const told = entries.map((entry) => marksOf(entry, id)).filter((marks) => marks !== null)
  const target = [clock.marks, ...told.toReversed()].map(targetOf).find((mark) => mark !== undefined)
  return target?.plan.from === clock.anchor.at ? target.plan.terms : null
}

/** When the calendar moved this clock. */
export function replannings(clock: Clock, entries: readonly Entry[]): Instant[] {
  const id = clockId(clock.item, clock.kind)
  return entries.flatMap(({ event, recorded }) =>
    event.kind === 'clock_replanned' && event.clock === id && event.because === 'calendar' ? [recorded] : [],
  )
}

const targetOf = (marks: readonly Mark[]): Mark | undefined => marks.find((mark) => mark.kind === 'target')

function marksOf({ event }: Entry, id: string): Mark[] | null {
  switch (event.kind) {
    case 'step_opened':
      return event.clocks.find((clock) => clock.id === id)?.marks ?? null
    case 'step_waiting':
      return event.clock.id === id ? event.clock.marks : null
    case 'clock_extended':
    case 'clock_replanned':
    case 'clock_resumed':
      return event.clock === id ? event.marks : null
    default:
      return null
  }
}
