/** Reads one condition: what it reads, what is sure once it held, and all that is wrong with it. */

import { ParseError } from '@marcbachmann/cel-js'
import type { ASTNode } from '@marcbachmann/cel-js'
import { suggestion } from '../nearest.ts'
import { sureWhen } from './guards.ts'
import { optionIssues } from './options.ts'
import type { Choosing, Issue } from './options.ts'
import { CEL_TYPES } from './scope.ts'
import type { Member, Members, Name, Scope } from './scope.ts'

export interface Read {
  root: string
  /** null: a plain value such as a fact. */
  member: string | null
  /** Asked for with `has()` before it is read. */
  guarded: boolean
  offset: number
}
export interface Understood {
  reads: Read[]
  /** What is sure once the condition held. */
  sure: string[]
  issues: Issue[]
  /** The CEL type of the result, when it could be checked. */
  type: string | null
  ast: ASTNode | null
}

export function readCondition(scope: Scope, text: string): Understood {
  try {
    const parsed = scope.environment.parse(text)
    const walker = new Walker(scope.names)
    walker.walk(parsed.ast, new Set(), new Map())
    const { reads, issues } = walker
    const checked = issues.length === 0 ? parsed.check() : null
    if (checked?.error) {
      const offset = checked.error.range?.start ?? 0
      issues.push({ code: 'condition', message: `This does not fit: ${plain(checked.error.summary)}. ${HINT}`, offset })
    }
    return { reads, issues, sure: sureWhen(parsed.ast, true), type: checked?.type ?? null, ast: parsed.ast }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const message = `This condition cannot be read: ${plain(error.summary)}. ${HINT}`
    return {
      reads: [],
      sure: [],
      type: null,
      ast: null,
      issues: [{ code: 'condition', message, offset: error.range?.start ?? 0 }],
    }
  }
}
const HINT = "Write `a == 'text' && b > 3.0 || !c`; numbers with a point, dates as '2026-11-23'."
const plain = (summary: string): string => summary.replace(/\.$/, '')

const MACROS = ['exists', 'all', 'exists_one', 'filter', 'map']
type Bound = ReadonlyMap<string, Members>

class Walker {
  reads: Read[] = []
  issues: Issue[] = []
  readonly #names: ReadonlyMap<string, Name>

  constructor(names: ReadonlyMap<string, Name>) {
    this.#names = names
  }

  walk(node: ASTNode, sure: ReadonlySet<string>, bound: Bound): void {
    this.issues.push(...optionIssues(node, (side) => this.#chosen(side, bound)))
    switch (node.op) {
      case 'value':
        return
      case 'id':
        return this.#name(node, node.args, bound)
      case '.':
      case '.?':
        return this.#member(node, node.args[0], node.args[1], sure, bound)
      case '&&':
      case '||': {
        const [left, right] = node.args
        this.walk(left, sure, bound)
        return this.walk(right, new Set([...sure, ...sureWhen(left, node.op === '&&')]), bound)
      }
      case '?:': {
        const [test, yes, no] = node.args
        this.walk(test, sure, bound)
        this.walk(yes, new Set([...sure, ...sureWhen(test, true)]), bound)
        return this.walk(no, new Set([...sure, ...sureWhen(test, false)]), bound)
      }
      case 'call': {
        const [name, args] = node.args
        const [first] = args
        if (name === 'has' && first?.op === '.') return this.#asked(first, bound)
        return args.forEach((each) => this.walk(each, sure, bound))
      }
      case 'rcall': {
        const [name, target, args] = node.args
        this.walk(target, sure, bound)
        const [variable, ...rest] = args
        if (!MACROS.includes(name) || variable?.op !== 'id') return args.forEach((each) => this.walk(each, sure, bound))
        const inner = new Map(bound).set(variable.args, this.#rows(target, bound))
        return rest.forEach((each) => this.walk(each, sure, inner))
      }
      case '!_':
      case '-_':
        return this.walk(node.args, sure, bound)
      case 'list':
        return node.args.forEach((each) => this.walk(each, sure, bound))
      case 'map':
        return node.args.flat().forEach((each) => this.walk(each, sure, bound))
      case '<':
      case '<=':
      case '>':
      case '>=':
        for (const side of node.args) this.#ordered(side, sure)
        return node.args.forEach((each) => this.walk(each, sure, bound))
      default:
        return node.args.forEach((each) => this.walk(each, sure, bound))
    }
  }

  /** A fact without a value yet cannot be before or after anything. */
  #ordered(node: ASTNode, sure: ReadonlySet<string>): void {
    if (node.op !== 'id' || sure.has(node.args)) return
    const name = this.#names.get(node.args)
    if (name?.kind !== 'value' || !name.nullable) return
    const message = `\`${node.args}\` may not be known yet: write \`${node.args} != null && …\` before comparing it.`
    this.issues.push({ code: 'unset_fact', message, offset: node.start })
  }

  #name(node: ASTNode, id: string, bound: Bound): void {
    if (bound.has(id)) return
    const name = this.#names.get(id)
    if (!name) return this.#unknown('name', id, [...this.#names.keys()], node.start)
    if (name.kind === 'map') {
      const some = Object.keys(name.members)[0] ?? 'field'
      this.issues.push({
        code: 'condition',
        message: `\`${id}\` is not a value: say which field, as in \`${id}.${some}\`.`,
        offset: node.start,
      })
    } else this.reads.push({ root: id, member: null, guarded: false, offset: node.start })
  }

  #member(node: ASTNode, holder: ASTNode, id: string, sure: ReadonlySet<string>, bound: Bound): void {
    if (holder.op !== 'id') return this.walk(holder, sure, bound)
    const member = this.#look(holder.args, id, node, bound)
    if (!member || bound.has(holder.args)) return
    this.reads.push({ root: holder.args, member: id, guarded: sure.has(`${holder.args}.${id}`), offset: node.start })
  }

  #asked(node: Extract<ASTNode, { op: '.' }>, bound: Bound): void {
    const [holder, id] = node.args
    if (holder.op !== 'id') return this.walk(holder, new Set(), bound)
    if (!this.#look(holder.args, id, node, bound) || bound.has(holder.args)) return
    this.reads.push({ root: holder.args, member: id, guarded: true, offset: node.start })
  }

  /** The member behind `root.id`; unknown and personal ones are issues. */
  #look(root: string, id: string, node: ASTNode, bound: Bound): Member | null {
    const name = this.#names.get(root)
    const members = bound.get(root) ?? (name?.kind === 'map' ? name.members : null)
    if (!members) {
      if (name)
        this.issues.push({
          code: 'condition',
          message: `\`${root}\` is a value: it has no \`.${id}\`.`,
          offset: node.start,
        })
      else this.#unknown('name', root, [...this.#names.keys()], node.start)
      return null
    }
    const member = members[id]
    if (!member)
      this.#unknown(
        'field',
        `${root}.${id}`,
        Object.keys(members).map((each) => `${root}.${each}`),
        node.start,
      )
    if (!member?.personal) return member ?? null
    const message = `\`${root}.${id}\` is personal: it is sealed, and no condition may read it. Ask for a choice beside it.`
    this.issues.push({ code: 'personal_read', message, offset: node.start })
    return null
  }

  #unknown(kind: string, id: string, known: string[], offset: number): void {
    this.issues.push({
      code: 'unknown_name',
      message: `There is no ${kind} \`${id}\` to read here: ${suggestion(id, known)}`,
      offset,
    })
  }

  #rows(target: ASTNode, bound: Bound): Members {
    if (target.op !== '.' || target.args[0].op !== 'id') return {}
    const [{ args: root }, id] = target.args
    const name = this.#names.get(root)
    const members = bound.get(root) ?? (name?.kind === 'map' ? name.members : {})
    return members[id]?.of ?? {}
  }

  #chosen(node: ASTNode, bound: Bound): Choosing | null {
    if (node.op === 'id') {
      const name = this.#names.get(node.args)
      return name?.kind === 'value' && name.options ? { name: node.args, options: name.options } : null
    }
    if (node.op !== '.' || node.args[0].op !== 'id') return null
    const [{ args: root }, id] = node.args
    const name = this.#names.get(root)
    const member = (bound.get(root) ?? (name?.kind === 'map' ? name.members : {}))[id]
    return member?.options ? { name: `${root}.${id}`, options: member.options } : null
  }
}

/** True when a value of this CEL type may be put where `wanted` is expected. */
export function fits(type: string | null, wanted: string): boolean {
  return type === null || type === 'dyn' || type === wanted || (wanted === CEL_TYPES.list && type.startsWith('list'))
}
