/** How a step can end, and what is answered then. */

import { Environment } from '@marcbachmann/cel-js'
import type { ASTNode } from '@marcbachmann/cel-js'
import type { Field, Outcome, Step, WorkStep } from '../compiled.ts'

/** Outcomes that stand: one that goes back is followed by another ending of the same step. */
export function standing(step: Step): string[] {
  if (step.kind === 'start') return ['started']
  const declared = Object.entries(step.outcomes).flatMap(([id, outcome]) => (outcome.backTo ? [] : [id]))
  return step.endsWith === undefined ? declared : [...new Set([...declared, 'ended'])]
}

/** After these nothing more of the run opens. */
export function stops(step: Step, outcome: string): boolean {
  return step.kind !== 'start' && endsRun(step.outcomes[outcome])
}
export function endsRun(outcome: Outcome | undefined): boolean {
  return outcome?.close !== undefined || (outcome?.stop?.includes('this') ?? false)
}

/** Endings that time or another step can bring about, so that nobody answered the form. */
export function silentOutcomes(step: WorkStep): string[] {
  const companion = step.endsWith === undefined ? [] : ['ended']
  if (!step.lapses) return companion
  const back = step.outcomes[step.lapses.outcome]?.backTo
  return [back ? back.then : step.lapses.outcome, ...companion]
}

/** Whether a field is sure to be answered when its step ended so; `null`: by any outcome. */
export function isAnswered(field: Field, outcome: string | null): boolean {
  if (!field.required) return false
  return field.when === undefined || truthUnder(field.when, outcome) === true
}

const anything = new Environment({ unlistedVariablesAreDyn: true })

function truthUnder(condition: string, outcome: string | null): boolean | null {
  try {
    return truth(anything.parse(condition).ast, outcome)
  } catch {
    return null
  }
}

function truth(node: ASTNode, outcome: string | null): boolean | null {
  switch (node.op) {
    case 'value':
      return typeof node.args === 'boolean' ? node.args : null
    case '!_':
      return not(truth(node.args, outcome))
    case '&&':
      return both(truth(node.args[0], outcome), truth(node.args[1], outcome))
    case '||':
      return not(both(not(truth(node.args[0], outcome)), not(truth(node.args[1], outcome))))
    case '==':
      return among(node.args[0], [node.args[1]], outcome)
    case '!=':
      return not(among(node.args[0], [node.args[1]], outcome))
    case 'in':
      return node.args[1].op === 'list' ? among(node.args[0], node.args[1].args, outcome) : null
    default:
      return null
  }
}
const not = (value: boolean | null): boolean | null => (value === null ? null : !value)
const both = (a: boolean | null, b: boolean | null): boolean | null =>
  a === false || b === false ? false : a === null || b === null ? null : true

function among(node: ASTNode, list: readonly ASTNode[], outcome: string | null): boolean | null {
  if (node.op !== 'id' || node.args !== 'outcome' || outcome === null) return null
  return list.every((each) => each.op === 'value') ? list.some((each) => each.args === outcome) : null
}
