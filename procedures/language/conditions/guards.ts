/** What is sure once a condition held, or did not: `has(draft.amount)`, `home != null`. */

import type { ASTNode } from '@marcbachmann/cel-js'

/** Keys are `step.member`, or the name of a fact that is not null. */
export function sureWhen(node: ASTNode, held: boolean): string[] {
  switch (node.op) {
    case '&&':
      return held ? [...sureWhen(node.args[0], true), ...sureWhen(node.args[1], true)] : []
    case '||':
      return held ? [] : [...sureWhen(node.args[0], false), ...sureWhen(node.args[1], false)]
    case '!_':
      return sureWhen(node.args, !held)
    case '!=':
      return held ? notNull(node.args) : []
    case '==':
      return held ? [] : notNull(node.args)
    case 'call': {
      const [name, [member]] = node.args
      const key = name === 'has' && member ? keyOf(member) : null
      return held && key !== null ? [key] : []
    }
    default:
      return []
  }
}

function notNull([left, right]: [ASTNode, ASTNode]): string[] {
  if (right.op === 'value' && right.args === null && left.op === 'id') return [left.args]
  return left.op === 'value' && left.args === null && right.op === 'id' ? [right.args] : []
}

/** `step.member` of a plain selection, or null. */
export function keyOf(node: ASTNode): string | null {
  if (node.op !== '.') return null
  const [root, member] = node.args
  return root.op === 'id' ? `${root.args}.${member}` : null
}
