import { closedGates, namesFor } from '../conditions.ts'
import { endConsent, endEarlier } from '../progress/consent.ts'
import { decided, emit } from '../progress/draft.ts'
import { settle } from '../progress/settle.ts'
import type { FieldError } from '../refusals.ts'
import { assignableRole, holdsRole, seesRun } from '../who-may.ts'
import type { CaseState } from '../state.ts'
import type { Decision } from '../world.ts'
import { placeOfCase, supervises } from './assign.ts'
import { type Asked, type Asking, begin, refused, type Standing } from './asked.ts'

const KEEPERS = ['case_manager', 'registration_agent']

/** As what somebody keeps what the person says of themselves: consents, and who they are; null when they may not. */
export function keeperOf(standing: Standing, state: CaseState): string | null {
  const { action, world } = standing
  const place = placeOfCase({ state, world })
  return KEEPERS.find((role) => holdsRole(action.by, role, place, world.settings.places)) ?? supervises(standing, place)
}

function notAmong(pointer: string, value: string, expected: string[]): FieldError[] {
  return expected.includes(value) ? [] : [{ pointer, code: 'not_an_option', expected }]
}

/** What each run asks for itself, naming its organisation, is given at its own step. */
const askedOfTheCase = ({ world }: Asking): string[] =>
  Object.entries(world.settings.purposes).flatMap(([id, { eachRun }]) => (eachRun ? [] : [id]))

/** A life-at-risk override is no consent: it comes only from a step that somebody countersigns. */
export function recordConsent(asked: Asked<'record_consent'>): Decision {
  const { state, action, act } = asked
  if (state.status === 'closed') return refused({ code: 'case_closed' })
  const role = keeperOf(asked, asked.state)
  if (role === null)
    return refused({ code: 'role_required', who: [{ role: 'case_manager', place: placeOfCase(asked) }] })
  const { consentGates = {} } = asked.world.settings
  const names = namesFor(state, asked.world.settings, null, null)
  const gates = closedGates(Object.keys(consentGates), consentGates, names)
  if (gates.length > 0) return refused({ code: 'gate_closed', gates })
  const errors = [
    ...notAmong('/consent/state', act.consent.state, ['given', 'refused']),
    ...notAmong('/consent/purpose', act.consent.purpose, askedOfTheCase(asked)),
  ]
  if (errors.length > 0) return refused({ code: 'answers_invalid', errors })
  const draft = begin(asked, role, Math.min(action.happened, asked.world.now))
  const id = `${act.consent.purpose}-${keptAs(state, act.consent.purpose) + 1}`
  const consent = { ...act.consent, id, run: null }
  emit(draft, { kind: 'consent_recorded', consent })
  endEarlier(draft, consent)
  settle(draft)
  return decided(draft)
}

/** How many the case itself has of a purpose: those of runs are not counted, since some are hidden. */
const keptAs = (state: CaseState, purpose: string): number =>
  Object.values(state.consents).filter((one) => one.run === null && one.purpose === purpose).length

/** Withdrawal takes effect at once: gates close, runs that live by it stop, partners are asked to erase. */
export function withdrawConsent(asked: Asked<'withdraw_consent'>): Decision {
  const { state, action, world } = asked
  const consent = state.consents[asked.act.consent]
  const run = state.runs[consent?.run ?? '']
  if (run && !seesRun(run, state, action.by, world.settings.places)) return refused({ code: 'not_found' })
  if (!consent || consent.state === 'withdrawn' || consent.state === 'ended') return refused({ code: 'not_found' })
  // What was agreed in confidence is taken back before those who keep the confidence.
  const role = keeperOf(asked, state) ?? (run ? assignableRole(run, state, action.by, world.settings.places) : null)
  if (role === null)
    return refused({ code: 'role_required', who: [{ role: 'case_manager', place: placeOfCase(asked) }] })
  const draft = begin(asked, role, Math.min(action.happened, world.now))
  endConsent(draft, asked.act.consent, 'consent_withdrawn')
  if (asked.state.status === 'open') settle(draft)
  return decided(draft)
}
