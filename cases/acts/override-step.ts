import { holds, namesFor } from '../conditions.ts'
import { decided, emit, type Work } from '../progress/draft.ts'
import type { FieldError } from '../refusals.ts'
import { consentsMissing } from '../who-countersigns.ts'
import { supervises, supervisorOf } from '../who-may.ts'
import { isRefusal, openWork } from '../why-not.ts'
import type { ActRules, May, Pointing } from './act.ts'
import { type Asked, begin, refused } from './asked.ts'
import { formErrors } from './form-errors.ts'
import { isReadBelow } from './read-below.ts'

function may({ act, ...asked }: Pointing<'override_step'>): May<{ work: Work }> {
  const work = openWork(asked.state, act.step, asked.action.by, asked.world)
  if (isRefusal(work)) return work
  const place = work.step.place ?? null
  const role = supervises(asked, place)
  return role === null ? supervisorOf(place) : { role, work }
}

/**
 * A step ended out of turn: holds and gates do not stop it, but for consent; nothing happens before a second signature,
 * and it supplies every field that later steps read.
 */
export const overrideStep: ActRules<'override_step'> = {
  may,
  decide(asked) {
    const { state, world, act } = asked
    const allowed = may(asked)
    if (isRefusal(allowed)) return refused(allowed)
    const { role, work } = allowed
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
  },
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
