import { closedGates, namesFor } from '../conditions.ts'
import { endEarlier } from '../progress/consent.ts'
import { decided, emit } from '../progress/draft.ts'
import { settle } from '../progress/settle.ts'
import type { FieldError } from '../refusals.ts'
import type { CaseState } from '../state.ts'
import { keeperOf, placeOfCase } from '../who-may.ts'
import { isRefusal } from '../why-not.ts'
import type { ActRules, May, Pointing } from './act.ts'
import { type Asking, begin, refused } from './asked.ts'

function may(asked: Pointing<'record_consent'>): May {
  if (asked.state.status === 'closed') return { code: 'case_closed' }
  const role = keeperOf(asked, asked.state)
  return role === null
    ? { code: 'role_required', who: [{ role: 'case_manager', place: placeOfCase(asked) }] }
    : { role }
}

/** A life-at-risk override is no consent: it comes only from a step that somebody countersigns. */
export const recordConsent: ActRules<'record_consent'> = {
  may,
  decide(asked) {
    const { state, world, action, act } = asked
    const allowed = may(asked)
    if (isRefusal(allowed)) return refused(allowed)
    const { consentGates = {} } = world.settings
    const names = namesFor(state, world.settings, null, null)
    const gates = closedGates(Object.keys(consentGates), consentGates, names)
    if (gates.length > 0) return refused({ code: 'gate_closed', gates })
    const errors = [
      ...notAmong('/consent/state', act.consent.state, ['given', 'refused']),
      ...notAmong('/consent/purpose', act.consent.purpose, askedOfTheCase(asked)),
    ]
    if (errors.length > 0) return refused({ code: 'answers_invalid', errors })
    const draft = begin(asked, allowed.role, Math.min(action.happened, world.now))
    const id = `${act.consent.purpose}-${keptAs(state, act.consent.purpose) + 1}`
    const consent = { ...act.consent, id, run: null }
    emit(draft, { kind: 'consent_recorded', consent })
    endEarlier(draft, consent)
    settle(draft)
    return decided(draft)
  },
}

function notAmong(pointer: string, value: string, expected: string[]): FieldError[] {
  return expected.includes(value) ? [] : [{ pointer, code: 'not_an_option', expected }]
}

/** What each run asks for itself, naming its organisation, is given at its own step. */
const askedOfTheCase = ({ world }: Asking): string[] =>
  Object.entries(world.settings.purposes).flatMap(([id, { eachRun }]) => (eachRun ? [] : [id]))

/** How many the case itself has of a purpose: those of runs are not counted, since some are hidden. */
const keptAs = (state: CaseState, purpose: string): number =>
  Object.values(state.consents).filter((one) => one.run === null && one.purpose === purpose).length
