/**
 * `when` of a field, for a client: what depends on facts and earlier steps is decided here, what depends on the form
 * itself becomes data. A client never sees or evaluates CEL.
 */

import { parse } from '@marcbachmann/cel-js'
import { evaluated, type Names } from '../../../cases/conditions.ts'
import type { Condition } from '../../../procedures/language/compiled.ts'

export type AskWhen =
  | { field: string; in: (string | number | boolean)[] }
  | { all: AskWhen[] }
  | { any: AskWhen[] }
  | { not: AskWhen }
  | { answered: string }
/** Always, never, or when the form says so. */
export type Asked = boolean | AskWhen

interface Node {
  op: string
  args: unknown
}
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'op' in value

export function askedWhen(condition: Condition | undefined, names: Names): Asked {
  if (condition === undefined) return true
  const { ast } = parse(condition) as unknown as { ast: Node }
  return walk(ast, names, condition)
}

function walk(node: Node, names: Names, source: Condition): Asked {
  const field = fieldOf(node)
  if (field) return { field, in: [true] }
  const [left, right] = Array.isArray(node.args) ? node.args : [node.args]
  switch (node.op) {
    case '&&':
      return joined('all', walk(left as Node, names, source), walk(right as Node, names, source))
    case '||':
      return joined('any', walk(left as Node, names, source), walk(right as Node, names, source))
    case '!_':
      return negated(walk(left as Node, names, source))
    case '==':
    case '!=': {
      const compared = equality(left as Node, right as Node)
      if (compared) return node.op === '==' ? compared : { not: compared }
      break
    }
    case 'in': {
      const name = isNode(left) ? fieldOf(left) : null
      const list = isNode(right) && right.op === 'list' && Array.isArray(right.args) ? right.args.map(literal) : null
      if (name && list && list.every((one) => one !== undefined)) return { field: name, in: list }
      break
    }
    case 'call': {
      const answered = hasField(node)
      if (answered) return { answered }
      break
    }
  }
  // Nothing of the form is in it: facts and earlier steps decide now.
  const span = node as unknown as { start?: number; end?: number }
  return evaluated(source.slice(span.start ?? 0, span.end ?? source.length), names) === true
}

function joined(kind: 'all' | 'any', a: Asked, b: Asked): Asked {
  const neutral = kind === 'all'
  if (a === neutral) return b
  if (b === neutral) return a
  if (typeof a === 'boolean' || typeof b === 'boolean') return !neutral
  return kind === 'all' ? { all: [a, b] } : { any: [a, b] }
}
const negated = (one: Asked): Asked => (typeof one === 'boolean' ? !one : { not: one })

function equality(left: Node, right: Node): AskWhen | null {
  const name = fieldOf(left) ?? fieldOf(right)
  const value = literal(right) ?? literal(left)
  return name && value !== undefined ? { field: name, in: [value] } : null
}

/** `outcome`, or `form.x`. */
function fieldOf(node: Node): string | null {
  if (!isNode(node)) return null
  if (node.op === 'id') return node.args === 'outcome' ? 'outcome' : null
  if (node.op !== '.' || !Array.isArray(node.args)) return null
  const [base, member] = node.args
  return isNode(base) && base.op === 'id' && base.args === 'form' ? String(member) : null
}

function hasField({ args }: Node): string | null {
  if (!Array.isArray(args) || args[0] !== 'has') return null
  const [inner] = Array.isArray(args[1]) ? args[1] : []
  return isNode(inner) ? fieldOf(inner) : null
}

function literal(node: unknown): string | number | boolean | undefined {
  if (!isNode(node) || node.op !== 'value') return undefined
  if (typeof node.args === 'bigint') return Number(node.args)
  const { args } = node
  return typeof args === 'string' || typeof args === 'number' || typeof args === 'boolean' ? args : undefined
}
