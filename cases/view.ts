/** What a viewer may know of a case. Every answer passes through here: what is hidden does not exist. */

import type { Principal } from './actions.ts'
import type { CaseEvent, Entry } from './events.ts'
import { parseItem } from './item.ts'
import type { CaseState, Run, StepState } from './state.ts'
import { readsRun, seesRun } from './who-sees.ts'
import type { World } from './world.ts'

/** Stands for whatever holds a clock and may not be named. */
const HIDDEN = 'clearance'
/** The outcome of a step whose content its viewer may not read: that it ended is no secret. */
export const UNREAD = ''

export function view(state: CaseState, viewer: Principal, world: Pick<World, 'settings' | 'shelf'>): CaseState {
  const { places } = world.settings
  const seen = Object.entries(state.runs)
    .filter(([, run]) => seesRun(run, state, viewer, places))
    .map(([id, run]) => [id, readable(run, state, viewer, world)] as const)
  if (seen.length === Object.keys(state.runs).length && seen.every(([id, run]) => run === state.runs[id])) return state
  const runs = Object.fromEntries(seen)
  const visible = (item: string): boolean => (parseItem(item)?.run ?? '') in runs
  const clocks = Object.fromEntries(
    Object.entries(state.clocks)
      .filter(([, clock]) => visible(clock.item))
      .map(([id, clock]) => [id, { ...clock, heldBy: clock.heldBy.map((item) => (visible(item) ? item : HIDDEN)) }]),
  )
  const consents = Object.fromEntries(
    Object.entries(state.consents).filter(([, consent]) => consent.run === null || consent.run in runs),
  )
  if (seen.length === Object.keys(state.runs).length) return { ...state, runs }
  const facts = Object.fromEntries(
    Object.entries(state.facts).filter(([fact]) => world.settings.facts[fact]?.restricted === undefined),
  )
  return { ...state, runs, clocks, consents, facts, runCount: 0, actions: {} }
}

/** The run as its viewer may read it: steps, clocks and people stay, what was answered goes. */
function readable(run: Run, state: CaseState, viewer: Principal, world: Pick<World, 'settings' | 'shelf'>): Run {
  const { readBy } = world.shelf[run.procedure.hash] ?? {}
  if (readsRun(run, readBy, state, viewer, world.settings.places)) return run
  const steps = Object.entries(run.steps).map(([id, step]) => [id, unread(step)])
  return { ...run, inputs: {}, personal: {}, steps: Object.fromEntries(steps) as Run['steps'], unread: true }
}

function unread(step: StepState): StepState {
  const { proposed: _proposed, outcome, answers: _answers, personal: _personal, absent: _absent, ...rest } = step
  return { ...rest, ...(outcome === undefined ? {} : { outcome: UNREAD }), evidence: {} }
}

/** The entries of the ledger that speak of what this view holds, without what it may not read. */
export function entriesIn(seen: CaseState, entries: Entry[]): Entry[] {
  return netHolds(entries).flatMap((entry) => {
    const { event } = entry
    const item = 'item' in event ? event.item : 'clock' in event && typeof event.clock === 'string' ? event.clock : null
    const id = 'run' in event && typeof event.run === 'string' ? event.run : item === null ? null : item.split('.')[0]
    if (id === null) return [entry]
    const run = seen.runs[id ?? '']
    if (!run) return []
    return [run.unread === true ? { ...entry, event: withoutContent(event) } : entry]
  })
}

/**
 * A clock is told to wait when the first hold on it begins, and to run again when the last has ended: how many hold it,
 * and which hands over to which, would tell of hidden ones. A hold that follows in the same instant is the same wait.
 */
function netHolds(entries: Entry[]): Entry[] {
  const holders = new Map<string, Set<string>>()
  const resumed = new Map<string, Entry>()
  const dropped = new Set<Entry>()
  for (const entry of entries) {
    const { event } = entry
    if (event.kind !== 'clock_held' && event.kind !== 'clock_resumed') continue
    const on = holders.get(event.clock) ?? new Set()
    holders.set(event.clock, on)
    if (event.kind === 'clock_resumed') {
      on.delete(event.by)
      if (on.size > 0) dropped.add(entry)
      else resumed.set(event.clock, entry)
      continue
    }
    const before = resumed.get(event.clock)
    const goesOn = before?.at === entry.at && on.size === 0
    if (goesOn && before) dropped.add(before)
    if (goesOn || on.size > 0) dropped.add(entry)
    on.add(event.by)
    resumed.delete(event.clock)
  }
  return dropped.size === 0 ? entries : entries.filter((entry) => !dropped.has(entry)).map(asOneHold())
}

/** What is left of several holds is one: it ends under the name that it began with. */
function asOneHold(): (entry: Entry) => Entry {
  const began = new Map<string, string>()
  return (entry) => {
    const { event } = entry
    if (event.kind === 'clock_held') began.set(event.clock, event.by)
    if (event.kind !== 'clock_resumed') return entry
    return { ...entry, event: { ...event, by: began.get(event.clock) ?? event.by } }
  }
}

function withoutContent(event: CaseEvent): CaseEvent {
  switch (event.kind) {
    case 'step_ended':
    case 'override_proposed':
      return {
        ...event,
        outcome: UNREAD,
        answers: {},
        personal: {},
        absent: {},
        ...('evidence' in event && { evidence: {} }),
      }
    case 'answer_corrected':
    case 'opening_corrected':
      return { ...event, answers: {}, personal: {} }
    case 'disclosed':
      return { ...event, what: [] }
    case 'run_begun':
      return { ...event, inputs: {}, personal: {} }
    default:
      return event
  }
}
