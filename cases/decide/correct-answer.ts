import type { Field } from '../../procedures/language/compiled.ts'
import { valueErrors } from '../answers.ts'
import { budgetErrors, paymentsIn } from '../budgets.ts'
import { type Circumstances, circumstances } from '../circumstances.ts'
import { evaluated, namesFor } from '../conditions.ts'
import { dayOf } from '../clocks/civil.ts'
import type { Answers } from '../events.ts'
import { decided, type Draft, emit, liveItems, type Work, workOf } from '../progress/draft.ts'
import { setFact } from '../progress/end-step.ts'
import { replan } from '../progress/replan.ts'
import { settle } from '../progress/settle.ts'
import type { FieldError } from '../refusals.ts'
import { actingRole, endedBy, holdsRole, seesRun } from '../who-may.ts'
import type { CaseState } from '../state.ts'
import type { Decision } from '../world.ts'
import { supervises } from './assign.ts'
import { type Asked, begin, refused, type Standing } from './asked.ts'

/**
 * A fact long past turns out otherwise. Facts that the step set are set again, clocks that count from it are counted
 * again, and whoever decided on it is told; nothing is silently undone.
 */
export function correctAnswer(asked: Asked<'correct_answer'>): Decision {
  const { state, world, action, act } = asked
  const work = workOf(state, world, act.step)
  const { places } = world.settings
  if (!work || !seesRun(work.run, state, action.by, places)) return refused({ code: 'not_found' })
  if (work.step.status !== 'done' || work.round !== work.step.round) {
    return refused({ code: 'step_not_open', item: act.step, opens: null })
  }
  const role = correctingRole(asked, state, work)
  if (role === null)
    return refused({ code: 'role_required', who: [{ role: 'supervisor', place: work.step.place ?? null }] })
  const before = work.step.answers ?? {}
  const errors = [
    ...correctionErrors(work.rule.form, act, circumstances(world, action.happened)),
    ...budgetErrors({ state, settings: world.settings, ...work }, work.rule.form, act.answers, before),
  ]
  if (errors.length > 0) return refused({ code: 'answers_invalid', errors })

  const draft = begin(asked, role)
  const { answers, personal, reason } = act
  emit(draft, { kind: 'answer_corrected', item: act.step, answers, personal, reason })
  for (const one of paymentsIn(work.rule.form, answers, before)) emit(draft, { kind: 'paid', item: act.step, ...one })
  if (state.status === 'open') {
    setFactsAgain(draft, work)
    replan(draft, 'correction')
    tellDeciders(draft, work)
    settle(draft)
  }
  return decided(draft)
}

/** As what somebody may correct a step that has ended: its author, a holder of its role, or a supervisor; else null. */
export function correctingRole(standing: Standing, state: CaseState, work: Work): string | null {
  const { world, action } = standing
  const by = action.by.kind === 'user' ? action.by.user : null
  if (by !== null && endedBy(work.step) === by) return 'author'
  const place = work.step.place ?? null
  const role = work.rule.role
    .flatMap((one) => one.then)
    .find((ref) => 'role' in ref && holdsRole(action.by, ref.role, place, world.settings.places))
  return role && 'role' in role
    ? role.role
    : (actingRole(state, work, action.by, world.settings.places) ?? supervises(standing, place))
}

/** Only what is corrected is given: nothing is required, and a plain answer may be taken back with null. */
export function correctionErrors(
  form: Field[],
  { answers, personal }: { answers: Answers; personal: Record<string, string> },
  now: Circumstances,
): FieldError[] {
  const fields = new Map(form.map((field) => [field.id, field]))
  const plain = Object.entries(answers).flatMap(([id, value]): FieldError[] => {
    const field = fields.get(id)
    if (!field) return [{ pointer: `/answers/${id}`, code: 'unknown_field' }]
    // A consent is withdrawn or given anew: what was shared under it was shared.
    if (field.type === 'consent') return [{ pointer: `/answers/${id}`, code: 'not_asked' }]
    return value === null ? [] : valueErrors(field, value, `/answers/${id}`, now)
  })
  const sealed = Object.keys(personal).filter((id) => fields.get(id)?.personal !== true)
  return [...plain, ...sealed.map((id): FieldError => ({ pointer: `/answers/${id}`, code: 'unknown_field' }))]
}

function setFactsAgain(draft: Draft, work: Work): void {
  const run = draft.state.runs[work.runId] ?? work.run
  const step = run.steps[work.rule.id]
  const names = {
    ...namesFor(draft.state, draft.world.settings, run, work.runId),
    form: step?.answers ?? {},
    outcome: step?.outcome ?? '',
    happened_on: dayOf(step?.endedAt ?? draft.at),
  }
  for (const [fact, expression] of Object.entries(work.rule.outcomes[step?.outcome ?? '']?.set ?? {})) {
    const value = evaluated(expression, names)
    if (value !== undefined && value !== draft.state.facts[fact]) setFact(draft, fact, value, work.item)
  }
}

/** Decisions that stood on the old answer, and open decisions that stand on it now. */
function tellDeciders(draft: Draft, work: Work): void {
  const live = new Set(liveItems(draft.state).map(({ item }) => item))
  for (const rule of work.procedure.steps) {
    if (rule.kind !== 'decision' || !rule.after.flat().some((one) => one.step === work.rule.id)) continue
    const step = work.run.steps[rule.id]
    const item = `${work.runId}.${rule.id}.${step?.round ?? 0}`
    const user = step ? endedBy(step) : null
    const place = step?.place ?? null
    if (user !== null) emit(draft, { kind: 'notice_given', item, to: `user:${user}`, place, notice: 'outcome' })
    else if (live.has(item)) emit(draft, { kind: 'notice_given', item, to: 'supervisor', place, notice: 'outcome' })
  }
}
