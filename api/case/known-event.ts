import type { CaseEvent } from '../../cases/events.ts'
import type { CaseState } from '../../cases/state.ts'

/** A consent that a hidden run asked for is hidden with it. */
export function isKnown(seen: CaseState, event: CaseEvent): boolean {
  if (event.kind === 'consent_recorded') return event.consent.run === null || event.consent.run in seen.runs
  const ends = event.kind === 'consent_withdrawn' || event.kind === 'consent_ended'
  return !ends || event.consent in seen.consents
}
