import type { OverrideCause } from '../../cases/events.ts'

/** Why a step was ended out of turn. */
export const CAUSES: Record<OverrideCause, { fr: string; en: string }> = {
  rule_does_not_fit: { fr: 'La règle ne convient pas au cas', en: 'The rule does not fit the case' },
  done_otherwise: { fr: 'Déjà fait autrement', en: 'Already done otherwise' },
  urgent: { fr: 'Urgence', en: 'Urgency' },
  person_unable: { fr: 'La personne ne peut pas', en: 'The person is unable' },
  other: { fr: 'Autre motif', en: 'Another reason' },
}
