/** I10, from the ledger alone: what was told to partners without a consent for that purpose that lived at that moment. */

import type { Consent, Entry } from './events.ts'
import { parseItem } from './item.ts'

type Allowing = Pick<Consent, 'purpose' | 'run' | 'state'>

export function undisclosable(entries: Entry[]): Entry[] {
  const consents = new Map<string, Allowing>()
  return entries.filter(({ event }) => {
    switch (event.kind) {
      case 'consent_recorded':
        consents.set(event.consent.id, event.consent)
        return false
      case 'consent_withdrawn':
      case 'consent_ended':
        consents.delete(event.consent)
        return false
      case 'disclosed':
        return !allows(consents.get(event.under), event.purpose, parseItem(event.item)?.run)
      default:
        return false
    }
  })
}

function allows(consent: Allowing | undefined, purpose: string, run: string | undefined): boolean {
  if (consent?.purpose !== purpose || (consent.run !== null && consent.run !== run)) return false
  return consent.state === 'given' || consent.state === 'override'
}
