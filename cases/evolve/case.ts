import type { CaseEvent, Entry } from '../events.ts'
import type { CaseState } from '../state.ts'
import { managerChosen } from './handovers.ts'

type OwnEvent = Extract<
  CaseEvent,
  {
    kind:
      | 'case_opened'
      | 'settings_taken'
      | 'engine_taken'
      | 'fact_set'
      | 'notice_given'
      | 'noted'
      | 'consent_recorded'
      | 'consent_withdrawn'
      | 'consent_ended'
      | 'disclosed'
      | 'people_added'
      | 'case_wanted'
      | 'case_closed'
      | 'case_reopened'
      | 'revived'
  }
>

export function evolveCase(state: CaseState, entry: Entry, event: OwnEvent): CaseState {
  switch (event.kind) {
    case 'case_opened':
      return {
        ...state,
        status: 'open',
        subject: event.subject,
        number: event.number,
        engine: event.engine,
        opened: entry.at,
      }
    case 'settings_taken':
      return { ...state, settingsVersion: event.version }
    case 'engine_taken':
      return { ...state, engine: event.engine }
    case 'fact_set':
      return managerChosen({ ...state, facts: { ...state.facts, [event.fact]: event.value } }, event.fact)
    case 'notice_given':
    case 'noted':
      return state
    case 'consent_recorded':
      return { ...state, consents: { ...state.consents, [event.consent.id]: event.consent } }
    case 'consent_withdrawn':
      return withConsent(state, event.consent, 'withdrawn')
    case 'consent_ended':
      return withConsent(state, event.consent, 'ended')
    case 'disclosed': {
      const consent = state.consents[event.under]
      if (!consent) return state
      const told = { ...consent.told, [event.to]: event.item }
      return { ...state, consents: { ...state.consents, [event.under]: { ...consent, told } } }
    }
    case 'people_added':
      return {
        ...state,
        rows: {
          ...state.rows,
          ...Object.fromEntries(event.rows.map(({ row, ...rest }) => [row, { ...rest, wanted: false }])),
        },
      }
    case 'case_wanted': {
      const row = state.rows[event.row]
      return row ? { ...state, rows: { ...state.rows, [event.row]: { ...row, wanted: true } } } : state
    }
    case 'case_closed':
      return { ...state, status: 'closed', closed: { at: entry.at, reason: event.reason } }
    case 'case_reopened':
      return { ...state, status: 'open', closed: null }
    case 'revived':
      return { ...state, incarnation: event.incarnation }
  }
}

function withConsent(state: CaseState, id: string, now: 'withdrawn' | 'ended'): CaseState {
  const consent = state.consents[id]
  return consent ? { ...state, consents: { ...state.consents, [id]: { ...consent, state: now } } } : state
}
