/** What the readers of clauses are given: the country so far, the document, and where to report. */

import type { Country } from '../country.ts'
import { suggestion } from '../nearest.ts'
import type { Path, Report } from '../problem.ts'
import type { FieldText, FieldTexts } from '../shapes/field.ts'
import type { ProcedureDocument } from '../shapes/procedure.ts'
import type { StepText, WorkText } from '../shapes/step.ts'

export interface Context {
  country: Country
  /** Also of procedures whose file is wrong, so that references to them still resolve. */
  procedureIds: readonly string[]
  document: ProcedureDocument
  report: Report
}

const DECLARED_IN = {
  fact: 'facts.yaml',
  gate: 'gates.yaml',
  role: 'roles.yaml',
  escalation: 'roles.yaml',
  place: 'places.yaml',
  'code list': 'lists.yaml',
  source: 'sources.yaml',
  notice: 'notices.yaml',
  instrument: 'instruments.yaml',
  procedure: 'sops/',
  step: 'this procedure',
  outcome: 'that step',
  field: 'that form',
  input: '`inputs`',
  budget: '`budgets`',
  currency: 'rates.yaml',
  tag: 'the `tags` of any step',
  purpose: 'purposes.yaml',
  member: 'the list',
} as const
export type NameKind = keyof typeof DECLARED_IN

/** True when the name is known; otherwise reported, with the nearest name. */
export function isKnown(
  report: Report,
  kind: NameKind,
  name: string,
  known: Iterable<string>,
  path: Path,
  offset = 0,
): boolean {
  const names = [...new Set(known)]
  if (names.includes(name)) return true
  report(
    'unknown_name',
    path,
    `There is no ${kind} \`${name}\` in ${DECLARED_IN[kind]}: ${suggestion(name, names)}`,
    offset,
  )
  return false
}

export function stepOf(document: ProcedureDocument, id: string): StepText | undefined {
  return document.steps.find((step) => step.id === id)
}
export function workOf(document: ProcedureDocument, id: string): WorkText | undefined {
  const step = stepOf(document, id)
  return step?.kind === 'start' ? undefined : step
}
/** How a step can end: a `start` as `started`, and what ends with another step also as `ended`. */
export function outcomeIds(step: StepText): string[] {
  if (step.kind === 'start') return ['started']
  const declared = Object.keys(step.outcomes)
  return step.ends_with === undefined ? declared : [...new Set([...declared, 'ended'])]
}

/** The field behind `step.field` or `input.field`; reported when it does not exist or is sealed. */
export function fieldAt(context: Context, reference: string, path: Path, offset = 0): FieldText | null {
  const field = formFieldAt(context, reference, path, offset)
  if (!field?.personal) return field
  context.report(
    'personal_read',
    path,
    `\`${reference}\` is personal: it is sealed, and no clause may read it. Ask for it in a field that is not.`,
    offset,
  )
  return null
}

/** The same, for who only names it. */
export function formFieldAt(context: Context, reference: string, path: Path, offset = 0): FieldText | null {
  const { document, report } = context
  const [owner = '', id = '', ...rest] = reference.split('.')
  if (rest.length > 0 || id === '') {
    report('unreadable', path, `\`${reference}\` is not a field: write \`step.field\` or \`input.field\`.`, offset)
    return null
  }
  const fields = owner === 'input' ? (document.inputs ?? {}) : formOf(context, owner, path, offset)
  if (fields === null) return null
  const kind = owner === 'input' ? 'input' : 'field'
  const known = isKnown(report, kind, id, Object.keys(fields), path, offset + owner.length + 1)
  return known ? (fields[id] ?? null) : null
}

function formOf({ document, report }: Context, step: string, path: Path, offset: number): FieldTexts | null {
  const ids = document.steps.map((each) => each.id)
  if (!isKnown(report, 'step', step, ids, path, offset)) return null
  return workOf(document, step)?.form ?? {}
}
