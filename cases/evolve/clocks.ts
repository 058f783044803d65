import {
  CLOCK_KINDS,
  type CaseEvent,
  type ClockId,
  type ClockStart,
  type Entry,
  type ItemId,
  type Mark,
} from '../events.ts'
import { clockId } from '../item.ts'
import type { CaseState, Clock } from '../state.ts'

type ClockEvent = Extract<
  CaseEvent,
  {
    kind:
      | 'clock_met'
      | 'clock_breached'
      | 'breach_annulled'
      | 'clock_extended'
      | 'clock_replanned'
      | 'clock_held'
      | 'clock_resumed'
      | 'rung_fired'
  }
>

export function evolveClock({ clocks }: CaseState, entry: Entry, event: ClockEvent): void {
  switch (event.kind) {
    // Met and annulled speak of a clock that ends with its step: the ledger keeps them, the state needs nothing.
    case 'clock_met':
    case 'breach_annulled':
      return
    case 'clock_breached':
      return change(clocks, event.clock, (clock) => ({
        ...clock,
        status: 'breached',
        marks: clock.marks.filter((mark) => mark.kind !== 'target'),
      }))
    case 'clock_extended':
      return change(clocks, event.clock, (clock) => ({
        ...replanned(clock, event.marks),
        status: 'running',
        extended: [...clock.extended, event.by],
      }))
    case 'clock_replanned':
      return change(clocks, event.clock, (clock) => replanned(clock, event.marks))
    case 'clock_held':
      return change(clocks, event.clock, (clock) => ({
        ...clock,
        heldBy: [...clock.heldBy, event.by],
        left: clock.left ?? event.left,
      }))
    case 'clock_resumed':
      return change(clocks, event.clock, (clock) => {
        const heldBy = clock.heldBy.filter((item) => item !== event.by)
        if (heldBy.length > 0) return { ...clock, heldBy }
        const { left: _spent, ...rest } = clock
        return { ...replanned(rest, event.marks), heldBy }
      })
    case 'rung_fired':
      return change(clocks, event.clock, (clock) => ({
        ...clock,
        marks: inOrder([...clock.marks.filter((mark) => mark.id !== event.mark), ...(event.next ? [event.next] : [])]),
        fired: [...clock.fired, { mark: event.mark, at: entry.at, to: event.to }],
      }))
  }
}

function replanned(clock: Clock, marks: Mark[]): Clock {
  const target = marks.find((mark) => mark.kind === 'target')
  return { ...clock, marks: inOrder(marks), target: target?.at ?? clock.target }
}

const inOrder = (marks: Mark[]): Mark[] => marks.toSorted((a, b) => a.at - b.at)

type Clocks = CaseState['clocks']

function change(clocks: Clocks, id: ClockId, to: (clock: Clock) => Clock): void {
  const clock = clocks[id]
  if (clock) clocks[id] = to(clock)
}

export function startClocks(clocks: Clocks, started: ClockStart[]): void {
  for (const { id, marks, ...rest } of started) {
    const target = marks.find((mark) => mark.kind === 'target')
    clocks[id] = {
      ...rest,
      marks: inOrder(marks),
      target: target?.at ?? 0,
      status: 'running',
      fired: [],
      extended: [],
      heldBy: [],
    }
  }
}

/** The clocks of an item count by the calendar of another place. */
export function moveClocks(clocks: Clocks, item: ItemId, place: string): void {
  for (const [id, clock] of Object.entries(clocks)) if (clock.item === item) clocks[id] = { ...clock, place }
}

export function dropClocksOf(clocks: Clocks, item: ItemId): void {
  for (const kind of CLOCK_KINDS) {
    const id = clockId(item, kind)
    if (id in clocks) delete clocks[id]
  }
}

export function dropClocksOfRun(clocks: Clocks, run: string): void {
  for (const id in clocks) if (clocks[id]?.item.startsWith(`${run}.`)) delete clocks[id]
}
