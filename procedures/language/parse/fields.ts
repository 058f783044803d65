import type { EvidenceRule, Field } from '../compiled.ts'
import type { Path } from '../problem.ts'
import type { FieldText, FieldTexts } from '../shapes/field.ts'
import type { WorkText } from '../shapes/step.ts'
import { isKnown } from './context.ts'
import type { Context } from './context.ts'

export function fieldsOf(context: Context, fields: FieldTexts | undefined, path: Path): Field[] {
  return Object.entries(fields ?? {}).map(([id, text]) => fieldOf(context, id, text, [...path, id]))
}

function fieldOf(context: Context, id: string, text: FieldText, path: Path): Field {
  checkKeys(context, id, text, path)
  checkNames(context, text, path)
  for (const [member, inner] of Object.entries(text.of ?? {}))
    if (inner.personal && !text.personal)
      context.report(
        'wrong_type',
        [...path, 'of', member],
        `\`${member}\` is personal and the list \`${id}\` is not: a list is sealed as a whole. Mark the list \`personal\`, or take it out here.`,
      )
  const options = optionsOf(context, text)
  return {
    id,
    type: text.type,
    required: text.required ?? false,
    personal: text.personal ?? false,
    ...(text.when !== undefined && { when: text.when }),
    ...(options && { options }),
    ...(text.of && { of: fieldsOf(context, text.of, [...path, 'of']) }),
    ...(text.role !== undefined && { role: text.role }),
    ...(text.budget !== undefined && { budget: text.budget }),
    ...(text.purpose !== undefined && { purpose: text.purpose }),
    ...(text.override !== undefined && { override: text.override }),
    ...(text.older !== undefined && { older: text.older }),
    ...(text.telephone !== undefined && { telephone: text.telephone }),
    ...(text.lies !== undefined && { lies: text.lies }),
    ...(text.restricted !== undefined && { restricted: text.restricted }),
    ...(text.min !== undefined && { min: text.min }),
    ...(text.max !== undefined && { max: text.max }),
  }
}

/** The ids that a choice, a code or codes may take. */
export function optionsOf(context: Pick<Context, 'country'>, text: FieldText): string[] | undefined {
  if (text.type === 'choice') return Object.keys(text.options ?? {})
  if (text.type === 'code' || text.type === 'codes') return Object.keys(context.country.lists[text.list ?? ''] ?? {})
  return undefined
}

const NEEDS = {
  choice: 'options',
  code: 'list',
  codes: 'list',
  list: 'of',
  consent: 'purpose',
  score: 'instrument',
} as const
const ONLY = {
  options: ['choice'],
  list: ['code', 'codes'],
  of: ['list'],
  purpose: ['consent'],
  override: ['consent'],
  instrument: ['score'],
  role: ['user'],
  budget: ['money'],
  older: ['case'],
  telephone: ['text'],
  lies: ['date'],
  min: ['number', 'money', 'score', 'list', 'codes'],
  max: ['text', 'number', 'money', 'score', 'list', 'codes'],
} as const

function checkKeys({ report }: Context, id: string, text: FieldText, path: Path): void {
  const needs: Record<string, keyof FieldText> = NEEDS
  const needed = needs[text.type]
  if (needed && text[needed] === undefined)
    report('missing_key', path, `\`${id}\` is a ${text.type}: it needs \`${needed}\`.`)
  for (const [key, types] of Object.entries(ONLY)) {
    const allowed: readonly string[] = types
    if (Reflect.get(text, key) !== undefined && !allowed.includes(text.type))
      report(
        'unknown_key',
        [...path, key],
        `\`${key}\` belongs to ${types.join(' and ')} fields, and \`${id}\` is a ${text.type}: take it out.`,
      )
  }
}

function checkNames({ country, document, report }: Context, text: FieldText, path: Path): void {
  if (text.list !== undefined) isKnown(report, 'code list', text.list, Object.keys(country.lists), [...path, 'list'])
  if (text.role !== undefined) isKnown(report, 'role', text.role, Object.keys(country.roles), [...path, 'role'])
  if (text.instrument !== undefined)
    isKnown(report, 'instrument', text.instrument, Object.keys(country.instruments), [...path, 'instrument'])
  if (text.telephone && !country.trainingTelephones)
    report(
      'missing_key',
      [...path, 'telephone'],
      'Nobody knows which numbers may be typed while people practise: give `training_telephones` in country.yaml.',
    )
  if (text.purpose !== undefined)
    isKnown(report, 'purpose', text.purpose, Object.keys(country.purposes), [...path, 'purpose'])
  if (text.budget !== undefined && text.personal)
    report('wrong_type', [...path, 'budget'], 'What is paid is counted, so it cannot be sealed: take `personal` out.')
  if (text.budget !== undefined)
    isKnown(report, 'budget', text.budget, Object.keys(document.budgets ?? {}), [...path, 'budget'])
}

export function evidenceOf(step: WorkText): EvidenceRule[] {
  return Object.entries(step.evidence ?? {}).map(([id, rule]) => ({
    id,
    required: rule.required ?? false,
    ...(rule.when !== undefined && { when: rule.when }),
  }))
}
