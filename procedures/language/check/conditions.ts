/** Checks every expression of a procedure, and gathers what they read. */

import type { ASTNode } from '@marcbachmann/cel-js'
import { keyOf } from '../conditions/guards.ts'
import { fits, readCondition } from '../conditions/read.ts'
import type { Understood } from '../conditions/read.ts'
import type { Scope } from '../conditions/scope.ts'
import { suggestion } from '../nearest.ts'
import type { Context } from '../parse/context.ts'
import type { Report } from '../problem.ts'
import { expressionsOf } from './expressions.ts'
import type { Expression } from './expressions.ts'
import { plainReadings } from './plain-readings.ts'
import type { Parsed, Reading, Study } from './study.ts'

export function studyOf(context: Context, parsed: Parsed): Study {
  const readings: Reading[] = []
  const sure: Record<string, readonly string[]> = {}
  const entries = new Map<string, readonly string[]>()
  for (const expression of expressionsOf(context, parsed)) {
    const understood = readCondition(expression.scope, expression.text)
    reportIssues(expression, understood, context.report)
    if (expression.clause === 'when' && expression.step) sure[expression.step.id] = understood.sure
    entries.set(JSON.stringify(expression.path), understood.sure)
    if (expression.literal) continue
    const { clause, path, step, outcome, into } = expression
    for (const { root, member, guarded, offset } of understood.reads)
      readings.push({ clause, path, offset: expression.offset + offset, step, root, member, guarded, outcome, into })
  }
  readings.push(...plainReadings(context, parsed, (path) => entries.get(JSON.stringify(path)) ?? []))
  return { context, report: context.report, parsed, readings, sure }
}

function reportIssues(expression: Expression, understood: Understood, report: Report): void {
  const { path, offset, wanted, options, scope } = expression
  if (expression.literal) return
  for (const issue of understood.issues) report(issue.code, path, issue.message, offset + issue.offset)
  if (understood.issues.length > 0) return
  if (!fits(understood.type, wanted)) {
    const what = wanted === 'bool' ? 'A condition is true or false' : `Here a ${wanted} is needed`
    const point = understood.type === 'int' ? ' Write numbers with a point, such as 3.0.' : ''
    report('condition', path, `${what}, and this is a ${understood.type}.${point}`, offset)
  } else if (options && understood.ast) checkTaken(scope, understood.ast, options, expression, report)
}

/** What is put into a choice must be among its options: a text, or a field whose options all are. */
function checkTaken(
  scope: Scope,
  node: ASTNode,
  options: readonly string[],
  expression: Expression,
  report: Report,
): void {
  const { path, offset } = expression
  const given = node.op === 'value' && typeof node.args === 'string' ? [node.args] : optionsBehind(scope, node)
  const strange = given?.find((option) => !options.includes(option))
  if (strange !== undefined)
    report(
      'unknown_choice',
      path,
      `This can be \`${strange}\`, which is not an option here: ${suggestion(strange, options)}`,
      offset,
    )
}

function optionsBehind(scope: Scope, node: ASTNode): readonly string[] | null {
  if (node.op === 'id') {
    const name = scope.names.get(node.args)
    return name?.kind === 'value' ? (name.options ?? null) : null
  }
  const [root = '', member = ''] = keyOf(node)?.split('.') ?? []
  const name = scope.names.get(root)
  return name?.kind === 'map' ? (name.members[member]?.options ?? null) : null
}
