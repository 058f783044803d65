/** Conditions are CEL, checked when the procedure was loaded; here they are only evaluated. */

import { Environment } from '@marcbachmann/cel-js'
import type { Condition, FirstMatch, Gate } from '../procedures/language/compiled.ts'
import type { Settings } from '../procedures/language/settings.ts'
import type { AnswerValue, FactValue } from './events.ts'
import type { CaseState, Run, StepState } from './state.ts'

type Parsed = (names: Record<string, unknown>) => unknown
const environment = new Environment({ unlistedVariablesAreDyn: true })
/** A pure memo: the same text always parses to the same expression. */
const parsed = new Map<Condition, Parsed>()

export type Names = Record<string, unknown>
/** Gathered once a condition reads them: most steps have none. */
export type NamesLater = () => Names
type Known = Pick<CaseState, 'facts' | 'consents'>

/** What a condition may read: facts, inputs, ended steps of its own run, consents. Never the time. */
export function namesFor(known: Known, settings: Settings, run: Run | null, runId: string | null): Names {
  const names: Names = {}
  for (const fact in settings.facts) names[fact] = known.facts[fact] ?? settings.facts[fact]?.start
  names['consent'] = consentStates(known, settings, runId)
  if (!run) return names
  names['input'] = answered(run.inputs)
  for (const id in run.steps) names[id] = said(run.steps[id])
  return names
}

/** `namesFor` as all stands now, whenever they are gathered; `more` is named beside them. */
export function namesLater(known: Known, settings: Settings, run: Run, runId: string, more: Names = {}): NamesLater {
  const { facts, consents } = known
  let names: Names | undefined
  return () => (names ??= { ...namesFor({ facts, consents }, settings, run, runId), ...more })
}

export const gathered = (names: Names | NamesLater): Names => (typeof names === 'function' ? names() : names)

const said = (step: StepState | undefined): Names =>
  step?.status === 'done' ? { ...answered(step.answers ?? {}), outcome: step.outcome } : {}

/** Refused and unknown answers are absent, so that `has()` tells the truth. */
function answered(answers: Record<string, AnswerValue>): Names {
  const given: Names = {}
  for (const field in answers) if (answers[field] !== null) given[field] = answers[field]
  return given
}

/** The latest consent for each purpose: of the whole case and of this run; without a run, of all of them. */
function consentStates({ consents }: Known, { purposes }: Settings, runId: string | null): Record<string, string> {
  const states: Record<string, string> = {}
  for (const purpose in purposes) states[purpose] = 'none'
  for (const consent of Object.values(consents)) {
    if (runId === null || consent.run === null || consent.run === runId) states[consent.purpose] = consent.state
  }
  return states
}

/** A condition that reads what nobody answered is not fulfilled. */
export function holds(condition: Condition | undefined, names: Names | NamesLater): boolean {
  if (condition === undefined) return true
  return evaluated(condition, names) === true
}

/** undefined when the expression reads something that is absent. */
export function evaluated(expression: Condition, names: Names | NamesLater): FactValue | undefined {
  let parse = parsed.get(expression)
  if (!parse) {
    parse = environment.parse(expression)
    parsed.set(expression, parse)
  }
  try {
    const value = parse(gathered(names))
    if (typeof value === 'bigint') return Number(value)
    if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value
    return value === null ? null : undefined
  } catch {
    return undefined
  }
}

export function firstMatch<T>(list: FirstMatch<T> | undefined, names: Names | NamesLater): T | undefined {
  return list?.find((entry) => holds(entry.when, names))?.then
}

export interface ClosedGate {
  gate: string
  openedBy: string[]
}
export function closedGates(requires: string[], gates: Record<string, Gate>, names: Names | NamesLater): ClosedGate[] {
  return requires
    .filter((gate) => !holds(gates[gate]?.open, names))
    .map((gate) => ({ gate, openedBy: gates[gate]?.openedBy ?? [] }))
}
