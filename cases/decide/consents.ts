import type { ConsentState } from '../events.ts'
import { decided, emit } from '../progress/draft.ts'
import { settle } from '../progress/settle.ts'
import { holdsRole } from '../who-may.ts'
import type { Decision } from '../world.ts'
import { placeOfCase, supervises } from './assign.ts'
import { type Asked, type Asking, begin, refused } from './asked.ts'

const KEEPERS = ['case_manager', 'registration_agent']

function keeper(asked: Asking): string | null {
  const { action, world } = asked
  const place = placeOfCase(asked)
  return KEEPERS.find((role) => holdsRole(action.by, role, place, world.settings.places)) ?? supervises(asked, place)
}

/** A life-at-risk override is no consent: it comes only from a step that somebody countersigns. */
export function recordConsent(asked: Asked<'record_consent'>): Decision {
  const { state, action, act } = asked
  if (state.status === 'closed') return refused({ code: 'case_closed' })
  const role = keeper(asked)
  if (role === null)
    return refused({ code: 'role_required', who: [{ role: 'case_manager', place: placeOfCase(asked) }] })
  const allowed: ConsentState[] = ['given', 'refused']
  if (!allowed.includes(act.consent.state)) {
    const error = { pointer: '/consent/state', code: 'not_an_option' as const, expected: allowed }
    return refused({ code: 'answers_invalid', errors: [error] })
  }
  const draft = begin(asked, role, Math.min(action.happened, asked.world.now))
  const id = `${act.consent.purpose}-${Object.keys(state.consents).length + 1}`
  emit(draft, { kind: 'consent_recorded', consent: { ...act.consent, id, run: null } })
  settle(draft)
  return decided(draft)
}

/** Withdrawal takes effect at once: every gate that asks for this consent closes. */
export function withdrawConsent(asked: Asked<'withdraw_consent'>): Decision {
  const consent = asked.state.consents[asked.act.consent]
  if (!consent || consent.state === 'withdrawn') return refused({ code: 'not_found' })
  const role = keeper(asked)
  if (role === null)
    return refused({ code: 'role_required', who: [{ role: 'case_manager', place: placeOfCase(asked) }] })
  const draft = begin(asked, role, Math.min(asked.action.happened, asked.world.now))
  emit(draft, { kind: 'consent_withdrawn', consent: asked.act.consent })
  if (asked.state.status === 'open') settle(draft)
  return decided(draft)
}
