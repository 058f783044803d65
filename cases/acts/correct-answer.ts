import { budgetErrors, paymentsIn } from '../budgets.ts'
import { circumstances } from '../circumstances.ts'
import { evaluated, namesFor } from '../conditions.ts'
import { dayOf } from '../clocks/civil.ts'
import { decided, type Draft, emit, liveItems, type Work, workOf } from '../progress/draft.ts'
import { setFact } from '../progress/end-step.ts'
import { replan } from '../progress/replan.ts'
import { settle } from '../progress/settle.ts'
import { correctingRole, endedBy } from '../who-may.ts'
import { seesRun } from '../who-sees.ts'
import { isRefusal } from '../why-not.ts'
import type { ActRules, May, Pointing } from './act.ts'
import { begin, refused } from './asked.ts'
import { correctionErrors } from './correction-errors.ts'

/** Its author, a holder of its role, or a supervisor, once the step has ended. */
function may({ act, ...asked }: Pointing<'correct_answer'>): May<{ work: Work }> {
  const { state, world, action } = asked
  const work = workOf(state, world, act.step)
  if (!work || !seesRun(work.run, state, action.by, world.settings.places)) return { code: 'not_found' }
  if (work.step.status !== 'done' || work.round !== work.step.round)
    return { code: 'step_not_open', item: act.step, opens: null }
  const role = correctingRole(asked, state, work)
  if (role === null) return { code: 'role_required', who: [{ role: 'supervisor', place: work.step.place ?? null }] }
  return { role, work }
}

/**
 * A fact long past turns out otherwise. Facts that the step set are set again, clocks that count from it are counted
 * again, and whoever decided on it is told; nothing is silently undone.
 */
export const correctAnswer: ActRules<'correct_answer'> = {
  may,
  decide(asked) {
    const { state, world, action, act } = asked
    const allowed = may(asked)
    if (isRefusal(allowed)) return refused(allowed)
    const { role, work } = allowed
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
  },
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
