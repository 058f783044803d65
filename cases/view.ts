/** What a viewer may know of a case. Every answer passes through here: what is hidden does not exist. */

import type { Principal } from './actions.ts'
import type { Entry } from './events.ts'
import { parseItem } from './item.ts'
import type { CaseState } from './state.ts'
import { seesRun } from './who-may.ts'
import type { World } from './world.ts'

/** Stands for whatever holds a clock and may not be named. */
const HIDDEN = 'clearance'

export function view(state: CaseState, viewer: Principal, world: Pick<World, 'settings' | 'shelf'>): CaseState {
  const { places } = world.settings
  const seen = Object.entries(state.runs).filter(([, run]) => seesRun(run, state, viewer, places))
  if (seen.length === Object.keys(state.runs).length) return state
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
  const facts = Object.fromEntries(
    Object.entries(state.facts).filter(([fact]) => world.settings.facts[fact]?.restricted === undefined),
  )
  return { ...state, runs, clocks, consents, facts, runCount: 0, actions: {} }
}

/** The entries of the ledger that speak of what this view holds. */
export function entriesIn(seen: CaseState, entries: Entry[]): Entry[] {
  return entries.filter(({ event }) => {
    if ('run' in event && typeof event.run === 'string') return event.run in seen.runs
    const item = 'item' in event ? event.item : 'clock' in event && typeof event.clock === 'string' ? event.clock : null
    if (item === null) return true
    return (item.split('.')[0] ?? '') in seen.runs
  })
}
