import { holds, namesFor } from '../conditions.ts'
import { isReadBelow } from './read-below.ts'
import { consentsMissing, signers, signingRole } from './second-signature.ts'
import { decided, emit, type Work } from '../progress/draft.ts'
import { endStep } from '../progress/end-step.ts'
import { settle } from '../progress/settle.ts'
import type { FieldError } from '../refusals.ts'
import { isRefusal, openWork } from '../why-not.ts'
import type { Decision } from '../world.ts'
import { supervises, supervisorOf } from './assign.ts'
import { type Asked, begin, refused } from './asked.ts'
import { formErrors } from './complete-step.ts'

/**
 * A step ended out of turn: holds and gates do not stop it, but for consent; nothing happens before a second signature,
 * and it supplies every field that later steps read.
 */
export function overrideStep(asked: Asked<'override_step'>): Decision {
  const { state, world, action, act } = asked
  const work = openWork(state, act.step, action.by, world)
  if (isRefusal(work)) return refused(work)
  const role = supervises(asked, work.step.place ?? null)
  if (role === null) return refused(supervisorOf(work.step.place ?? null))
  const missing = consentsMissing(state, work, world)
  if (missing.length > 0) return refused({ code: 'gate_closed', gates: missing })
  const outcomes = Object.keys(work.rule.outcomes)
  const errors = [
    ...(outcomes.includes(act.outcome)
      ? []
      : [{ pointer: '/outcome', code: 'unknown_outcome' as const, expected: outcomes }]),
    ...formErrors(asked, work, act).filter((error) => error.code !== 'evidence_missing'),
    ...unread(asked, work),
  ]
  if (errors.length > 0) return refused({ code: 'answers_invalid', errors })
  const { outcome, answers, personal, absent, reason, cause } = act
  const draft = begin(asked, role)
  emit(draft, {
    kind: 'override_proposed',
    item: work.item,
    outcome,
    answers,
    personal,
    absent,
    reason,
    ...(cause && { cause }),
  })
  return decided(draft)
}

export function countersign(asked: Asked<'countersign'>): Decision {
  const { state, world, action, act } = asked
  const work = openWork(state, act.step, action.by, world)
  if (isRefusal(work)) return refused(work)
  const { proposed } = work.step
  if (!proposed) return refused({ code: 'not_found' })
  const missing = consentsMissing(state, work, world)
  if (missing.length > 0) return refused({ code: 'gate_closed', gates: missing })
  const role = signingRole(state, work, action.by, world)
  if (role === null) return refused({ code: 'second_person_required', who: signers(state, work, world) })
  const { outcome, answers, personal, absent } = proposed
  const draft = begin(asked, role)
  endStep(draft, work, {
    outcome,
    answers,
    personal,
    absent,
    evidence: {},
    via: action.via,
    onBehalfOf: null,
    how: 'override',
  })
  settle(draft)
  return decided(draft)
}

/** What later steps read and the form lets go, but for what is told in confidence: that is never demanded. */
function unread({ state, world, act }: Asked<'override_step'>, { procedure, run, runId, rule }: Work): FieldError[] {
  const names = { ...namesFor(state, world.settings, run, runId), form: act.answers, outcome: act.outcome }
  return rule.form.flatMap((field): FieldError[] => {
    const given = field.id in act.answers || field.id in act.personal
    const free = given || field.required || field.restricted !== undefined
    if (free || !holds(field.when, names) || !isReadBelow(procedure, rule.id, field.id)) return []
    return [{ pointer: `/answers/${field.id}`, code: 'required' }]
  })
}
