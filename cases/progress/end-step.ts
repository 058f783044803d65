/** A step ends: its clock is judged by when it happened, its outcome takes effect, and what hangs on it moves. */

import { ALL_ORDINARY, type Field, type Outcome } from '../../procedures/language/compiled.ts'
import { paymentsIn } from '../budgets.ts'
import { dayOf } from '../clocks/civil.ts'
import { evaluated, type NamesLater, namesLater } from '../conditions.ts'
import type { Filled } from '../actions.ts'
import type { Consent, FactValue, Via } from '../events.ts'
import { clockId } from '../item.ts'
import { closeCase } from './close-case.ts'
import { disclose, endConsentsOf, endEarlier } from './consent.ts'
import { type Draft, emit, isWork, liveItems, type Work, workOf } from './draft.ts'
import { releaseHolds } from './holds.ts'
import { moveSteps } from './open-step.ts'
import { sendBack } from './send-back.ts'
import { stopRun } from './start-runs.ts'

export interface Ending extends Filled {
  via: Via
  onBehalfOf: string | null
  how: 'act' | 'lapse' | 'ends_with' | 'override'
}
export const silent = (outcome: string, how: 'lapse' | 'ends_with'): Ending => ({
  outcome,
  answers: {},
  personal: {},
  absent: {},
  evidence: {},
  via: 'app',
  onBehalfOf: null,
  how,
})

export function endStep(draft: Draft, work: Work, ending: Ending): void {
  const { rule, item } = work
  const outcome = withinBound(work, ending.outcome)
  const effects: Outcome = rule.outcomes[outcome] ?? { byHand: true }
  judgeClock(draft, work)
  emit(draft, { kind: 'step_ended', item, ...ending, outcome })
  for (const one of paymentsIn(rule.form, ending.answers)) emit(draft, { kind: 'paid', item, ...one })
  releaseHolds(draft, item)
  tellPartner(draft, work)
  recordConsents(draft, work, ending)
  setFacts(draft, work, effects, ending)
  for (const to of effects.notify ?? []) {
    emit(draft, { kind: 'notice_given', item, to, place: work.step.place ?? null, notice: 'outcome' })
  }
  if (effects.endsConsent !== undefined) endConsentsOf(draft, work, effects.endsConsent)
  stopRuns(draft, work, effects.stop ?? [])
  if (effects.close !== undefined) return closeCase(draft, reasonOf(draft, work, effects.close, ending))
  if (draft.state.runs[work.runId]?.status !== 'open') return
  if (effects.backTo) sendBack(draft, work, outcome, effects.backTo)
  else if (ending.how !== 'ends_with' && repeats(work, outcome)) emit(draft, { kind: 'repeated', item, outcome })
  endCompanions(draft, work)
}

/** Once the way back is used up, the outcome named by `then` happens instead. */
function withinBound(work: Work, outcome: string): string {
  const back = work.rule.outcomes[outcome]?.backTo
  return back && (work.step.counts?.[outcome] ?? 0) >= back.atMost ? back.then : outcome
}

function judgeClock(draft: Draft, work: Work): void {
  for (const kind of ['due', 'lapses'] as const) {
    const id = clockId(work.item, kind)
    const clock = draft.state.clocks[id]
    if (!clock) continue
    if (clock.status === 'running') emit(draft, { kind: 'clock_met', clock: id })
    else if (draft.at <= clock.target) {
      emit(draft, { kind: 'breach_annulled', clock: id, sent: clock.fired.map((one) => one.mark) })
    }
  }
}

function recordConsents(draft: Draft, work: Work, ending: Ending): void {
  for (const field of work.rule.form) {
    const answer = consentIn(field, ending)
    if (!answer || !field.purpose) continue
    const consent: Consent = {
      id: `${work.item}.${field.id}`,
      purpose: field.purpose,
      run: draft.world.settings.purposes[field.purpose]?.eachRun ? work.runId : null,
      state: answer.state,
      form: answer.form,
      language: answer.language,
      until: answer.until,
    }
    emit(draft, { kind: 'consent_recorded', consent })
    endEarlier(draft, consent)
  }
}

/** A step that a partner is asked to do told them as it opened. */
function tellPartner(draft: Draft, { rule, run, runId, step, item }: Work): void {
  const asked = (step.roles ?? []).some((one) => 'partner' in one)
  if (rule.discloses && !asked) disclose(draft, rule.discloses, draft.state.runs[runId] ?? run, item)
}

interface ConsentAnswer {
  state: Consent['state']
  form: Consent['form']
  language: string
  until: string | null
}
/** Checked when it was given: state and form are of the closed lists. */
function consentIn(field: Field, ending: Ending): ConsentAnswer | null {
  const value = ending.answers[field.id]
  if (field.type !== 'consent' || typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return {
    state: value['state'] as Consent['state'],
    form: value['form'] as Consent['form'],
    language: String(value['language'] ?? ''),
    until: typeof value['until'] === 'string' ? value['until'] : null,
  }
}

function namesAfter(draft: Draft, work: Work, { answers, outcome }: Ending): NamesLater {
  const run = draft.state.runs[work.runId] ?? work.run
  const more = { form: answers, outcome, happened_on: dayOf(draft.at) }
  return namesLater(draft.state, draft.world.settings, run, work.runId, more)
}

function setFacts(draft: Draft, work: Work, effects: Outcome, ending: Ending): void {
  for (const [fact, expression] of Object.entries(effects.set ?? {})) {
    const value = evaluated(expression, namesAfter(draft, work, ending))
    if (value !== undefined) setFact(draft, fact, value, work.item)
  }
}

/** A new case manager takes over the open steps of that role; those of restricted runs stay with their own people. */
export function setFact(draft: Draft, fact: string, value: FactValue, item: string | null): void {
  emit(draft, { kind: 'fact_set', fact, value, item })
  if (draft.world.settings.facts[fact]?.type === 'place') moveSteps(draft, fact)
  if (fact !== 'case_manager' || typeof value !== 'string') return
  for (const { item: open, runId, step } of liveItems(draft.state)) {
    if (draft.state.runs[runId]?.visibleTo !== null) continue
    const managed = (step.roles ?? []).some((one) => 'partner' in one || ('role' in one && one.role === 'case_manager'))
    if (step.status === 'open' && managed && step.owner !== value) {
      emit(draft, { kind: 'step_assigned', item: open, to: value, reason: null, delegated: false })
    }
  }
}

function stopRuns(draft: Draft, work: Work, targets: string[]): void {
  for (const [id, run] of Object.entries(draft.state.runs)) {
    if (run.status !== 'open') continue
    const other = id !== work.runId
    const everyOrdinary = other && targets.includes(ALL_ORDINARY)
    const named = targets.includes(run.procedure.id) || (other && targets.includes('all'))
    if (named || (everyOrdinary && run.visibleTo === null) || (!other && targets.includes('this')))
      stopRun(draft, id, 'outcome')
    else if (everyOrdinary) tellThoseWhoGoOn(draft, id)
  }
}

/** A restricted run outlives what ends all others; its own people are told that something has happened. */
function tellThoseWhoGoOn(draft: Draft, runId: string): void {
  const live = liveItems(draft.state).find((one) => one.runId === runId && one.step.status === 'open')
  const role = live?.step.roles?.find((one) => 'role' in one)
  if (!live || !role) return
  const place = live.step.place ?? null
  emit(draft, { kind: 'notice_given', item: live.item, to: role.role, place, notice: 'outcome' })
}

function reasonOf(draft: Draft, work: Work, expression: string, ending: Ending): string {
  const reason = evaluated(expression, namesAfter(draft, work, ending))
  return typeof reason === 'string' ? reason : ending.outcome
}

function repeats(work: Work, outcome: string): boolean {
  const { repeat } = work.rule
  if (!repeat) return false
  if (repeat.kind === 'dates') return work.round < repeat.at.length
  return !repeat.until.includes(outcome) && work.round < repeat.atMost
}

/** Steps that last until this one ends. */
function endCompanions(draft: Draft, work: Work): void {
  for (const rule of work.procedure.steps) {
    if (!isWork(rule) || rule.endsWith !== work.rule.id) continue
    const step = draft.state.runs[work.runId]?.steps[rule.id]
    const companion = step && workOf(draft.state, draft.world, `${work.runId}.${rule.id}.${step.round}`)
    if (!companion || (step.status !== 'open' && step.status !== 'waiting' && step.status !== 'pending')) continue
    if (step.status === 'pending' && step.round === 0) continue
    endStep(draft, companion, silent('ended', 'ends_with'))
  }
}
