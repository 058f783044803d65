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
  const next = evolveEvent(state, entry)
  const known = entry.action === null ? undefined : next.actions[entry.action]
  const actions =
    entry.action !== null && known ? { ...next.actions, [entry.action]: { ...known, seq: entry.seq } } : next.actions
  return { ...next, seq: entry.seq, actions }
}

export const fold = (id: string, entries: Entry[]): CaseState => entries.reduce(evolve, newCase(id))

function evolveEvent(state: CaseState, entry: Entry): CaseState {
  const event = entry.event
  switch (event.kind) {
    case 'action_taken':
      return { ...state, actions: remember(state.actions, entry.action ?? '', event.digest, entry.seq) }
    case 'run_begun':
    case 'run_completed':
    case 'run_stopped':
    case 'opening_corrected':
    case 'paid':
      return evolveRun(state, entry, event)
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
      return evolveStep(state, entry, event)
    case 'handed_over':
    case 'handed_back':
      return evolveHandover(state, event)
    case 'clock_met':
    case 'clock_breached':
    case 'breach_annulled':
    case 'clock_extended':
    case 'clock_replanned':
    case 'clock_held':
    case 'clock_resumed':
    case 'rung_fired':
      return evolveClock(state, entry, event)
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
      return evolveCase(state, entry, event)
  }
}

function remember(actions: CaseState['actions'], id: string, digest: string, seq: number): CaseState['actions'] {
  const all = { ...actions, [id]: { digest, from: seq, seq } }
  const ids = Object.keys(all)
  if (ids.length <= KNOWN_ACTIONS) return all
  const oldest = ids.reduce((a, b) => ((all[a]?.seq ?? 0) <= (all[b]?.seq ?? 0) ? a : b))
  const { [oldest]: _forgotten, ...kept } = all
  return kept
}
