import { decided, emit, type Work } from '../progress/draft.ts'
import { endStep } from '../progress/end-step.ts'
import { settle } from '../progress/settle.ts'
import { isRefusal, openWork } from '../why-not.ts'
import type { Decision } from '../world.ts'
import { supervises, supervisorOf } from './assign.ts'
import { type Asked, begin, refused } from './asked.ts'
import { formErrors } from './complete-step.ts'

/** A step ended out of turn: gates and holds do not stop it, but nothing happens before a second signature. */
export function overrideStep(asked: Asked<'override_step'>): Decision {
  const { state, world, action, act } = asked
  const work = openWork(state, act.step, action.by, world)
  if (isRefusal(work)) return refused(work)
  const role = supervises(asked, work.step.place ?? null)
  if (role === null) return refused(supervisorOf(work.step.place ?? null))
  const outcomes = Object.keys(work.rule.outcomes)
  const errors = [
    ...(outcomes.includes(act.outcome)
      ? []
      : [{ pointer: '/outcome', code: 'unknown_outcome' as const, expected: outcomes }]),
    ...formErrors(asked, work, act).filter((error) => error.code !== 'evidence_missing'),
  ]
  if (errors.length > 0) return refused({ code: 'answers_invalid', errors })
  const { outcome, answers, personal, absent, reason } = act
  const draft = begin(asked, role)
  emit(draft, { kind: 'override_proposed', item: work.item, outcome, answers, personal, absent, reason })
  return decided(draft)
}

export function countersign(asked: Asked<'countersign'>): Decision {
  const { state, world, action, act } = asked
  const work = openWork(state, act.step, action.by, world)
  if (isRefusal(work)) return refused(work)
  const { proposed } = work.step
  if (!proposed) return refused({ code: 'not_found' })
  const role = supervises(asked, work.step.place ?? null)
  if (role === null) return refused(supervisorOf(work.step.place ?? null))
  if (signedBySame(work, asked)) {
    return refused({ code: 'second_person_required', who: [{ role: 'supervisor', place: work.step.place ?? null }] })
  }
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

function signedBySame(work: Work, asked: Asked<'countersign'>): boolean {
  const first = work.step.proposed?.by
  return first?.kind === 'user' && asked.action.by.kind === 'user' && first.user === asked.action.by.user
}
