/** state + entry → state. Total over the closed vocabulary; never refuses, never asks what time it is. */

import type { Entry } from '../events.ts'
import type { CaseState } from '../state.ts'
import { evolveCase } from './case.ts'
import { evolveClock } from './clocks.ts'
import { evolveHandover } from './handovers.ts'
import { evolveRun } from './runs.ts'
import { evolveStep } from './steps.ts'

const KNOWN_ACTIONS = 200

export function newCase(id: string): CaseState {
  return {
    id,
    number: '',
    subject: 'case',
    status: 'new',
    engine: 1,
    incarnation: 1,
    seq: 0,
    opened: 0,
    closed: null,
    settingsVersion: 0,
    stage: 'reception',
    facts: {},
    runs: {},
    runCount: 0,
    clocks: {},
    consents: {},
    actions: {},
    rows: {},
  }
}

export function evolve(state: CaseState, entry: Entry): CaseState {
  return evolvedBy(state, [entry])
}
export const fold = (id: string, entries: Entry[]): CaseState => evolvedBy(newCase(id), entries)

export function evolvedBy(state: CaseState, entries: readonly Entry[]): CaseState {
  if (entries.length === 0) return state
  const own = ownCopy(
    state,
    entries.some((entry) => entry.action !== null),
  )
  for (const entry of entries) apply(own, entry)
  return own
}

/**
 * A state that `apply` may change: its top level and its lists of runs, clocks and actions are its own, and whatever
 * stands in them is shared with others and only replaced. `acts`: whether entries of an action are to come.
 */
export function ownCopy(state: CaseState, acts: boolean): CaseState {
  const { runs, clocks, actions } = state
  return { ...state, runs: { ...runs }, clocks: { ...clocks }, actions: acts ? { ...actions } : actions }
}

export function apply(own: CaseState, entry: Entry): void {
  applyEvent(own, entry)
  own.seq = entry.seq
  if (entry.action === null) return
  const { event } = entry
  const known = own.actions[entry.action]
  if (event.kind === 'action_taken') remember(own.actions, entry.action, event.digest, entry.seq)
  else if (known) own.actions[entry.action] = { ...known, seq: entry.seq }
}

function applyEvent(own: CaseState, entry: Entry): void {
  const { event } = entry
  switch (event.kind) {
    case 'action_taken':
      return
    case 'run_begun':
    case 'run_completed':
    case 'run_stopped':
    case 'opening_corrected':
    case 'paid':
      return evolveRun(own, entry, event)
    case 'step_waiting':
    case 'step_opened':
    case 'step_not_needed':
    case 'step_off_path':
    case 'step_ended':
    case 'sent_back':
    case 'step_reopened':
    case 'repeated':
    case 'step_moved':
    case 'step_assigned':
    case 'override_proposed':
    case 'answer_corrected':
      return evolveStep(own, entry, event)
    case 'handed_over':
    case 'handed_back':
      return evolveHandover(own, event)
    case 'clock_met':
    case 'clock_breached':
    case 'breach_annulled':
    case 'clock_extended':
    case 'clock_replanned':
    case 'clock_held':
    case 'clock_resumed':
    case 'rung_fired':
      return evolveClock(own, entry, event)
    case 'case_opened':
    case 'settings_taken':
    case 'engine_taken':
    case 'fact_set':
    case 'notice_given':
    case 'noted':
    case 'consent_recorded':
    case 'consent_withdrawn':
    case 'consent_ended':
    case 'disclosed':
    case 'people_added':
    case 'case_wanted':
    case 'case_closed':
    case 'case_reopened':
    case 'revived':
      return evolveCase(own, entry, event)
  }
}

function remember(actions: CaseState['actions'], id: string, digest: string, seq: number): void {
  actions[id] = { digest, from: seq, seq }
  const ids = Object.keys(actions)
  if (ids.length <= KNOWN_ACTIONS) return
  delete actions[ids.reduce((a, b) => ((actions[a]?.seq ?? 0) <= (actions[b]?.seq ?? 0) ? a : b))]
}
