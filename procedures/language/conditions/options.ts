/** Texts that a condition compares with a choice must be among its options: the library does not look. */

import type { ASTNode } from '@marcbachmann/cel-js'
import { suggestion } from '../nearest.ts'

export interface Issue {
  code: 'condition' | 'unknown_name' | 'unknown_choice' | 'unset_fact' | 'personal_read'
  message: string
  /** Into the text of the condition. */
  offset: number
}

export interface Choosing {
  name: string
  options: readonly string[]
}
/** `chosen`: the name and options behind a node, or null when it is not a choice. */
export function optionIssues(node: ASTNode, chosen: (node: ASTNode) => Choosing | null): Issue[] {
  if (node.op !== '==' && node.op !== '!=' && node.op !== 'in') return []
  const [left, right] = node.args
  if (node.op === 'in') {
    const list = chosen(right)
    if (list) return literalIssues([left], list)
    const one = chosen(left)
    return one && right.op === 'list' ? literalIssues(right.args, one) : []
  }
  const a = chosen(left)
  if (a) return literalIssues([right], a)
  const b = chosen(right)
  return b ? literalIssues([left], b) : []
}

function literalIssues(nodes: readonly ASTNode[], { name, options }: Choosing): Issue[] {
  return nodes.flatMap((node) => {
    if (node.op !== 'value' || typeof node.args !== 'string' || options.includes(node.args)) return []
    const message = `\`${name}\` is never \`${node.args}\`: ${suggestion(node.args, options)}`
    return [{ code: 'unknown_choice' as const, message, offset: node.start }]
  })
}
