/** Conditions are CEL, checked when the procedure was loaded; here they are only evaluated. */

import { Environment } from '@marcbachmann/cel-js'
import type { Condition, FirstMatch, Gate } from '../procedures/language/compiled.ts'
import type { Settings } from '../procedures/language/settings.ts'
import type { AnswerValue, FactValue } from './events.ts'
import type { CaseState, Run } from './state.ts'

type Parsed = (names: Record<string, unknown>) => unknown
const environment = new Environment({ unlistedVariablesAreDyn: true })
/** A pure memo: the same text always parses to the same expression. */
const parsed = new Map<Condition, Parsed>()

export type Names = Record<string, unknown>

/** What a condition may read: facts, inputs, ended steps of its own run, consents. Never the time. */
export function namesFor(state: CaseState, settings: Settings, run: Run | null, runId: string | null): Names {
  const names: Names = {}
  for (const [fact, rule] of Object.entries(settings.facts)) names[fact] = state.facts[fact] ?? rule.start
  names['consent'] = consentStates(state, settings, runId)
  if (!run) return names
  names['input'] = answered(run.inputs)
  for (const [id, step] of Object.entries(run.steps)) {
    names[id] = step.status === 'done' ? { ...answered(step.answers ?? {}), outcome: step.outcome } : {}
  }
  return names
}

/** Refused and unknown answers are absent, so that `has()` tells the truth. */
function answered(answers: Record<string, AnswerValue>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== null))
}

/** The latest consent for each purpose: of the whole case and of this run; without a run, of all of them. */
function consentStates(state: CaseState, { purposes }: Settings, runId: string | null): Record<string, string> {
  const states = Object.fromEntries(Object.keys(purposes).map((purpose) => [purpose, 'none']))
  for (const consent of Object.values(state.consents)) {
    if (runId === null || consent.run === null || consent.run === runId) states[consent.purpose] = consent.state
  }
  return states
}

/** A condition that reads what nobody answered is not fulfilled. */
export function holds(condition: Condition | undefined, names: Names): boolean {
  if (condition === undefined) return true
  return evaluated(condition, names) === true
}

/** undefined when the expression reads something that is absent. */
export function evaluated(expression: Condition, names: Names): FactValue | undefined {
  let parse = parsed.get(expression)
  if (!parse) {
    parse = environment.parse(expression)
    parsed.set(expression, parse)
  }
  try {
    const value = parse(names)
    if (typeof value === 'bigint') return Number(value)
    if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value
    return value === null ? null : undefined
  } catch {
    return undefined
  }
}

export function firstMatch<T>(list: FirstMatch<T> | undefined, names: Names): T | undefined {
  return list?.find((entry) => holds(entry.when, names))?.then
}

export interface ClosedGate {
  gate: string
  openedBy: string[]
}
export function closedGates(requires: string[], gates: Record<string, Gate>, names: Names): ClosedGate[] {
  return requires
    .filter((gate) => !holds(gates[gate]?.open, names))
    .map((gate) => ({ gate, openedBy: gates[gate]?.openedBy ?? [] }))
}
