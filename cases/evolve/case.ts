import type { CaseEvent, Entry } from '../events.ts'
import type { CaseState, KeptConsent } from '../state.ts'
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

export function evolveCase(own: CaseState, entry: Entry, event: OwnEvent): void {
  switch (event.kind) {
    case 'case_opened': {
      const { subject, number, engine } = event
      Object.assign(own, { status: 'open', subject, number, engine, opened: entry.at } satisfies Partial<CaseState>)
      return
    }
    case 'settings_taken':
      own.settingsVersion = event.version
      return
    case 'engine_taken':
      own.engine = event.engine
      return
    case 'fact_set':
      own.facts = { ...own.facts, [event.fact]: event.value }
      return managerChosen(own, event.fact)
    case 'notice_given':
    case 'noted':
      return
    case 'consent_recorded':
      own.consents = { ...own.consents, [event.consent.id]: event.consent }
      return
    case 'consent_withdrawn':
      return changeConsent(own, event.consent, (consent) => ({ ...consent, state: 'withdrawn' }))
    case 'consent_ended':
      return changeConsent(own, event.consent, (consent) => ({ ...consent, state: 'ended' }))
    case 'disclosed':
      return changeConsent(own, event.under, (consent) => ({
        ...consent,
        told: { ...consent.told, [event.to]: event.item },
      }))
    case 'people_added':
      own.rows = {
        ...own.rows,
        ...Object.fromEntries(event.rows.map(({ row, ...rest }) => [row, { ...rest, wanted: false }])),
      }
      return
    case 'case_wanted': {
      const row = own.rows[event.row]
      if (row) own.rows = { ...own.rows, [event.row]: { ...row, wanted: true } }
      return
    }
    case 'case_closed':
      own.status = 'closed'
      own.closed = { at: entry.at, reason: event.reason }
      return
    case 'case_reopened':
      own.status = 'open'
      own.closed = null
      return
    case 'revived':
      own.incarnation = event.incarnation
  }
}

function changeConsent(own: CaseState, id: string, change: (consent: KeptConsent) => KeptConsent): void {
  const consent = own.consents[id]
  if (consent) own.consents = { ...own.consents, [id]: change(consent) }
}
