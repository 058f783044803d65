import type { CaseEvent, ClockId, ClockStart, Entry, ItemId, Mark } from '../events.ts'
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

export function evolveClock(state: CaseState, entry: Entry, event: ClockEvent): CaseState {
  switch (event.kind) {
    // Met and annulled speak of a clock that ends with its step: the ledger keeps them, the state needs nothing.
    case 'clock_met':
    case 'breach_annulled':
      return state
    case 'clock_breached':
      return changed(state, event.clock, (clock) => ({
        ...clock,
        status: 'breached',
        marks: clock.marks.filter((mark) => mark.kind !== 'target'),
      }))
    case 'clock_extended':
      return changed(state, event.clock, (clock) => ({
        ...replanned(clock, event.marks),
        status: 'running',
        extended: [...clock.extended, event.by],
      }))
    case 'clock_replanned':
      return changed(state, event.clock, (clock) => replanned(clock, event.marks))
    case 'clock_held':
      return changed(state, event.clock, (clock) => ({
        ...clock,
        heldBy: [...clock.heldBy, event.by],
        left: clock.left ?? event.left,
      }))
    case 'clock_resumed':
      return changed(state, event.clock, (clock) => {
        const heldBy = clock.heldBy.filter((item) => item !== event.by)
        if (heldBy.length > 0) return { ...clock, heldBy }
        const { left: _spent, ...rest } = clock
        return { ...replanned(rest, event.marks), heldBy }
      })
    case 'rung_fired':
      return changed(state, event.clock, (clock) => ({
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

function changed(state: CaseState, id: ClockId, change: (clock: Clock) => Clock): CaseState {
  const clock = state.clocks[id]
  return clock ? { ...state, clocks: { ...state.clocks, [id]: change(clock) } } : state
}

export function withClocks(state: CaseState, started: ClockStart[]): CaseState {
  if (started.length === 0) return state
  const clocks = { ...state.clocks }
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
  return { ...state, clocks }
}

/** The clocks of an item count by the calendar of another place. */
export function placed(state: CaseState, item: ItemId, place: string): CaseState {
  const moved = Object.entries(state.clocks).map(([id, clock]) => [
    id,
    clock.item === item ? { ...clock, place } : clock,
  ])
  return { ...state, clocks: Object.fromEntries(moved) as CaseState['clocks'] }
}

export function withoutClocksOf(state: CaseState, items: ItemId[]): CaseState {
  return { ...state, clocks: keep(state.clocks, (clock) => !items.includes(clock.item)) }
}

export function withoutClocksOfRun(clocks: CaseState['clocks'], run: string): CaseState['clocks'] {
  return keep(clocks, (clock) => !clock.item.startsWith(`${run}.`))
}

function keep(clocks: CaseState['clocks'], wanted: (clock: Clock) => boolean): CaseState['clocks'] {
  return Object.fromEntries(Object.entries(clocks).filter(([, clock]) => wanted(clock)))
}
