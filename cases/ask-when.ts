/**
 * `when` of a field, for a client: what depends on facts and earlier steps is decided here, what depends on the form
 * itself becomes data. A client never sees or evaluates CEL.
 */

import { parse } from '@marcbachmann/cel-js'
import { evaluated, type Names } from './conditions.ts'
import type { Condition } from '../procedures/language/compiled.ts'

export type AskWhen =
  | { field: string; in: (string | number | boolean)[] }
  | { all: AskWhen[] }
  | { any: AskWhen[] }
  | { not: AskWhen }
  | { answered: string }
/** Always, never, or when the form says so; undefined when it reads what nobody answered. */
type Asked = boolean | AskWhen | undefined

interface Node {
  op: string
  args: unknown
  start?: number
  end?: number
}
interface Reading {
  names: Names
  source: Condition
}
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'op' in value

/** Whether something is asked: a boolean when that is certain already. */
export function askedWhen(condition: Condition | undefined, names: Names): boolean | AskWhen {
  if (condition === undefined) return true
  const { ast } = parse(condition) as unknown as { ast: Node }
  return walk(ast, { names, source: condition }) ?? false
}

/** Every name that a condition reads: facts, earlier steps, `form`, `outcome`. */
export function namesIn(condition: Condition): string[] {
  const { ast } = parse(condition) as unknown as { ast: Node }
  return [...new Set(idsIn(ast))]
}
const idsIn = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.flatMap(idsIn)
    : isNode(value)
      ? value.op === 'id'
        ? [String(value.args)]
        : idsIn(value.args)
      : []

function walk(node: Node, reading: Reading): Asked {
  if (!readsForm(node)) {
    const value = valueOf(node, reading)
    return typeof value === 'boolean' ? value : undefined
  }
  const field = fieldOf(node)
  if (field) return { field, in: [true] }
  const [left, right, last] = (Array.isArray(node.args) ? node.args : [node.args]) as [Node, Node, Node]
  switch (node.op) {
    case '&&':
      return joined('all', walk(left, reading), walk(right, reading))
    case '||':
      return joined('any', walk(left, reading), walk(right, reading))
    case '!_':
      return negated(walk(left, reading))
    case '?:': {
      const when = walk(left, reading)
      return joined('any', joined('all', when, walk(right, reading)), joined('all', negated(when), walk(last, reading)))
    }
    case '==':
      return equality(left, right, reading)
    case '!=':
      return negated(equality(left, right, reading))
    case 'in': {
      const name = fieldOf(left)
      const members = valueOf(right, reading)
      return name && Array.isArray(members) ? { field: name, in: members as (string | number | boolean)[] } : true
    }
    case 'call':
      return hasField(node) ?? true
    default:
      // What no data can say is asked, and judged when it is sent.
      return true
  }
}

function joined(kind: 'all' | 'any', a: Asked, b: Asked): Asked {
  const neutral = kind === 'all'
  if (a === neutral) return b
  if (b === neutral) return a
  if (a === !neutral || b === !neutral) return !neutral
  if (a === undefined || b === undefined) return neutral ? undefined : (a ?? b)
  return kind === 'all' ? { all: [a as AskWhen, b as AskWhen] } : { any: [a as AskWhen, b as AskWhen] }
}
function negated(one: Asked): Asked {
  if (one === undefined) return undefined
  if (typeof one === 'boolean') return !one
  // The core holds no condition that reads an absent answer, negated or not.
  const answered = [...new Set(readIn(one))]
    .filter((field) => field !== 'outcome')
    .map((field) => ({ answered: field }))
  return answered.length === 0 ? { not: one } : { all: [...answered, { not: one }] }
}
function readIn(one: AskWhen): string[] {
  if ('field' in one) return [one.field]
  if ('all' in one) return one.all.flatMap(readIn)
  if ('any' in one) return one.any.flatMap(readIn)
  return 'not' in one ? readIn(one.not) : []
}

function equality(left: Node, right: Node, reading: Reading): Asked {
  const [name, other] = fieldOf(left) ? [fieldOf(left), right] : [fieldOf(right), left]
  if (name === null || readsForm(other)) return true
  const value = valueOf(other, reading)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? { field: name, in: [value] }
    : undefined
}

const readsForm = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.some(readsForm)
    : isNode(value) && (value.op === 'id' ? value.args === 'outcome' || value.args === 'form' : readsForm(value.args))

/** Of a part that reads facts and earlier steps only; undefined when one of them is absent. */
function valueOf(node: Node, { names, source }: Reading): unknown {
  if (node.op === 'list' && Array.isArray(node.args)) {
    return node.args.map((one) => valueOf(one as Node, { names, source }))
  }
  return evaluated(source.slice(node.start ?? 0, node.end ?? source.length), names)
}

/** `outcome`, or `form.x`. */
function fieldOf(node: Node): string | null {
  if (!isNode(node)) return null
  if (node.op === 'id') return node.args === 'outcome' ? 'outcome' : null
  if (node.op !== '.' || !Array.isArray(node.args)) return null
  const [base, member] = node.args
  return isNode(base) && base.op === 'id' && base.args === 'form' ? String(member) : null
}

function hasField({ args }: Node): AskWhen | null {
  if (!Array.isArray(args) || args[0] !== 'has') return null
  const [inner] = Array.isArray(args[1]) ? args[1] : []
  const answered = isNode(inner) ? fieldOf(inner) : null
  return answered === null ? null : { answered }
}
