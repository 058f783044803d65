/** Every expression of a procedure, with what it may read and what it must give. */

import type { Step } from '../compiled.ts'
import { caseNames, CEL_TYPES, membersOf, scopeOf } from '../conditions/scope.ts'
import type { Members, Name, Scope } from '../conditions/scope.ts'
import { entriesOf } from '../parse/first-match.ts'
import { outcomeIds } from '../parse/context.ts'
import type { Context } from '../parse/context.ts'
import { RESERVED } from '../parse/ids.ts'
import type { Path } from '../problem.ts'
import { beginsClause } from '../shapes/begins.ts'
import type { FieldTexts } from '../shapes/field.ts'
import { isWork } from '../shapes/step.ts'
import type { StartText, StepText, WorkText } from '../shapes/step.ts'
import type { Clause, Parsed, Reading } from './study.ts'

export interface Expression {
  text: string
  clause: Clause
  path: Path
  offset: number
  step: Step | null
  scope: Scope
  /** The CEL type that is expected. */
  wanted: string
  outcome: string | null
  into: Reading['into']
  /** Where the value must be one of these. */
  options: readonly string[] | null
  /** Written as a plain value, so it reads nothing. */
  literal: boolean
}
type Draft = Pick<Expression, 'text' | 'clause' | 'path' | 'scope'> & Partial<Expression>

const whole = (draft: Draft): Expression => ({
  offset: 0,
  step: null,
  wanted: 'bool',
  outcome: null,
  into: null,
  options: null,
  literal: false,
  ...draft,
})

export function expressionsOf(context: Context, parsed: Parsed): Expression[] {
  const { country, document } = context
  const names = caseNames(country)
  const before = scopeOf(names)
  const inputs = membersOf(country, document.inputs)
  const begins = document.begins.flatMap((spelled, index) => {
    const clause = beginsClause(spelled)
    if (clause?.kind !== 'when') return []
    const { condition: text, offset } = clause
    return [whole({ text, clause: 'begins', path: ['begins', index], offset, scope: before })]
  })
  const asked = lazy(() => scopeOf(new Map(names).set('form', { kind: 'map', members: inputs })))
  const inside = new Map(names).set('input', { kind: 'map', members: inputs })
  for (const step of document.steps) if (!RESERVED.has(step.id)) inside.set(step.id, stepName(context, step))
  const scope = scopeOf(inside)
  const steps = document.steps.flatMap((step, index) => {
    const compiled = parsed.steps[index] ?? null
    const shared = { step: compiled, scope }
    const path: Path = ['steps', index]
    const when =
      step.when === undefined ? [] : [whole({ ...shared, text: step.when, clause: 'when', path: [...path, 'when'] })]
    const own = isWork(step) ? work(context, step, path, inside, shared) : start(context, step, path, inside, shared)
    return [...when, ...own]
  })
  return [
    ...begins,
    ...settings(country, document.set, parsed.set, ['set'], { step: null, outcome: null, scope: before }),
    ...fieldWhens(context, document.inputs, ['inputs'], asked, { clause: 'inputs', step: null }),
    ...steps,
  ]
}

function stepName(context: Context, step: StepText): Name {
  const members: Members = isWork(step) ? membersOf(context.country, step.form) : {}
  return {
    kind: 'map',
    members: { ...members, outcome: { type: 'choice', options: outcomeIds(step), personal: false } },
  }
}

type Shared = Pick<Expression, 'step' | 'scope'>

function work(context: Context, step: WorkText, path: Path, inside: Map<string, Name>, shared: Shared): Expression[] {
  const { country } = context
  const formScope = lazy(() =>
    scopeOf(
      new Map(inside)
        .set('form', { kind: 'map', members: membersOf(country, step.form) })
        .set('outcome', { kind: 'value', type: 'choice', options: outcomeIds(step), nullable: false })
        .set('happened_on', { kind: 'value', type: 'date', nullable: false }),
    ),
  )
  const lists = [
    ['role', step.role, [...path, 'role']],
    ['opens', step.opens, [...path, 'opens']],
    ['due', step.due, [...path, 'due']],
    ['lapses', step.lapses?.at, [...path, 'lapses', 'at']],
  ] as const
  const entries = lists.flatMap(([clause, value, at]) =>
    entriesOf(value ?? [], at).flatMap((entry) =>
      entry.when === null
        ? []
        : [whole({ ...shared, text: entry.when, clause, path: entry.path, offset: entry.whenOffset })],
    ),
  )
  const evidence = Object.entries(step.evidence ?? {}).flatMap(([id, rule]) => {
    if (rule.when === undefined) return []
    const at = [...path, 'evidence', id, 'when']
    return [whole({ step: shared.step, scope: formScope(), text: rule.when, clause: 'evidence', path: at })]
  })
  const form = fieldWhens(context, step.form, [...path, 'form'], formScope, { clause: 'form', step: shared.step })
  return [...entries, ...form, ...evidence, ...effects(context, step, path, formScope, shared)]
}

function effects(
  { country }: Context,
  step: WorkText,
  path: Path,
  scope: () => Scope,
  { step: compiled }: Shared,
): Expression[] {
  return Object.entries(step.outcomes).flatMap(([id, outcome]) => {
    const at: Path = [...path, 'outcomes', id]
    const shared = { step: compiled, outcome: id }
    const compiledSet = compiled?.kind === 'start' ? undefined : compiled?.outcomes[id]?.set
    const sets = settings(country, outcome.set, compiledSet, [...at, 'set'], { ...shared, scope: scope() })
    const reasons = Object.keys(country.lists.closure ?? {})
    if (outcome.close === undefined) return sets
    const literal = reasons.includes(outcome.close)
    const text = literal ? `'${outcome.close}'` : outcome.close
    const options = reasons.length > 0 ? reasons : null
    return [
      ...sets,
      whole({
        ...shared,
        scope: scope(),
        text,
        clause: 'close',
        path: [...at, 'close'],
        wanted: 'string',
        options,
        literal,
      }),
    ]
  })
}

/** What becomes of facts: each takes a value of its type. */
function settings(
  { facts }: Context['country'],
  set: WorkText['outcomes'][string]['set'],
  compiled: Record<string, string> | undefined,
  path: Path,
  shared: Pick<Expression, 'step' | 'outcome' | 'scope'>,
): Expression[] {
  return Object.entries(set ?? {}).flatMap(([name, value]) => {
    const fact = facts[name]
    if (!fact) return []
    const options = fact.of ? Object.keys(fact.of) : null
    return [
      whole({
        ...shared,
        text: compiled?.[name] ?? String(value),
        clause: 'set',
        path: [...path, name],
        wanted: CEL_TYPES[fact.type],
        into: { kind: 'fact', id: name },
        options,
        literal: typeof value !== 'string' || (options?.includes(value) ?? false),
      }),
    ]
  })
}

function start(context: Context, step: StartText, path: Path, inside: Map<string, Name>, shared: Shared): Expression[] {
  const { country, document } = context
  const target = country.procedures[step.start]
  const [owner = '', list = ''] = (step.each ?? '').split('.')
  const listed = document.steps.find((each) => each.id === owner)
  const rows = listed && isWork(listed) ? listed.form?.[list]?.of : undefined
  const members = membersOf(country, step.each === 'people' ? target?.inputs : rows)
  const scope = step.each === undefined ? shared.scope : scopeOf(new Map(inside).set('item', { kind: 'map', members }))
  return Object.entries(step.with ?? {}).flatMap(([input, value]) => {
    const taken = membersOf(country, target?.inputs)[input]
    if (!taken || step.kind !== 'start') return []
    const options = taken.options ?? null
    const text = shared.step?.kind === 'start' ? (shared.step.with[input] ?? String(value)) : String(value)
    const literal = typeof value !== 'string' || (options?.includes(value) ?? false)
    const at: Path = [...path, 'with', input]
    const into = { kind: 'input', id: input } as const
    return [
      whole({
        step: shared.step,
        scope,
        text,
        clause: 'with',
        path: at,
        wanted: CEL_TYPES[taken.type],
        into,
        options,
        literal,
      }),
    ]
  })
}

function fieldWhens(
  context: Context,
  fields: FieldTexts | undefined,
  path: Path,
  scope: () => Scope,
  of: Pick<Expression, 'clause' | 'step'>,
): Expression[] {
  return Object.entries(fields ?? {}).flatMap(([id, field]) => {
    const own: Expression[] = []
    const into = { kind: 'field', id } as const
    if (field.when !== undefined)
      own.push(whole({ ...of, scope: scope(), text: field.when, path: [...path, id, 'when'], into }))
    if (!field.of) return own
    const row = lazy(() =>
      scopeOf(new Map(scope().names).set('form', { kind: 'map', members: membersOf(context.country, field.of) })),
    )
    return [...own, ...fieldWhens(context, field.of, [...path, id, 'of'], row, of)]
  })
}

function lazy<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => (made ??= { value: make() }).value
}
