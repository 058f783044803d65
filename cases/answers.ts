/** Whether a form is filled as its rule asks: all errors at once, with pointers, and never a value. */

import type { EvidenceRule, Field } from '../procedures/language/compiled.ts'
import type { Filled } from './actions.ts'
import { boundErrors, dayErrors } from './bounds.ts'
import type { Circumstances } from './circumstances.ts'
import { gathered, holds, type Names, type NamesLater } from './conditions.ts'
import type { AnswerValue } from './events.ts'
import type { FieldError } from './refusals.ts'

type Given = Omit<Filled, 'outcome' | 'evidence'>

/** `names` must hold `form` and `outcome`. */
export function fieldErrors(
  fields: Field[],
  given: Given,
  names: Names | NamesLater,
  now: Circumstances,
): FieldError[] {
  const known = new Set(fields.map((field) => field.id))
  const asked = new Set(fields.filter((field) => holds(field.when, names)).map((field) => field.id))
  const members = [...Object.keys(given.answers), ...Object.keys(given.personal), ...Object.keys(given.absent)]
  const unknown = members
    .filter((id) => !asked.has(id))
    .map((id): FieldError => ({ pointer: `/answers/${id}`, code: known.has(id) ? 'not_asked' : 'unknown_field' }))
  return [
    ...unknown,
    ...fields
      .filter((field) => asked.has(field.id))
      .flatMap((field) => [...oneField(field, given, now), ...overrideErrors(field, given, names)]),
  ]
}

function oneField(field: Field, given: Given, now: Circumstances): FieldError[] {
  const pointer = `/answers/${field.id}`
  const value = given.answers[field.id]
  const present = (value !== undefined && value !== null) || given.personal[field.id] !== undefined
  if (given.absent[field.id] !== undefined) {
    return mayBeAbsent(field) ? [] : [{ pointer, code: 'absent_not_allowed' }]
  }
  if (!present) return field.required ? [{ pointer, code: 'required' }] : []
  return field.personal || value === undefined || value === null ? [] : valueErrors(field, value, pointer, now)
}

/** Going on without consent is said by outcome and answer alike, so that whoever countersigns is always asked. */
function overrideErrors(field: Field, given: Given, names: Names | NamesLater): FieldError[] {
  const value = given.answers[field.id]
  if (field.override === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const { outcome } = gathered(names)
  if ((value['state'] === 'override') === (outcome === field.override)) return []
  const expected = outcome === field.override ? ['override'] : ['given', 'refused']
  return [{ pointer: `/answers/${field.id}/state`, code: 'not_an_option', expected }]
}

/** People may refuse to say or not know; what the procedure itself runs on must be answered. */
const mayBeAbsent = (field: Field): boolean => field.personal || !field.required

export function valueErrors(field: Field, value: AnswerValue, pointer: string, now: Circumstances): FieldError[] {
  const wrong: FieldError[] = [{ pointer, code: 'wrong_type' }]
  switch (field.type) {
    case 'text':
      return typeof value === 'string' ? boundErrors(field, value.length, pointer) : wrong
    case 'code':
    case 'choice':
      return typeof value === 'string' ? optionErrors(field, value, pointer) : wrong
    case 'codes':
      return Array.isArray(value) && value.every((one) => typeof one === 'string')
        ? [
            ...boundErrors(field, value.length, pointer),
            ...value.flatMap((one, index) => optionErrors(field, String(one), `${pointer}/${index}`)),
          ]
        : wrong
    case 'yes_no':
      return typeof value === 'boolean' ? [] : wrong
    case 'number':
    case 'score':
      return typeof value === 'number' && Number.isFinite(value) ? boundErrors(field, value, pointer) : wrong
    case 'money':
      return typeof value === 'number' && Number.isInteger(value) ? boundErrors(field, value, pointer) : wrong
    case 'date':
      if (typeof value !== 'string' || !isDate(value)) return [{ pointer, code: 'not_a_date' }]
      return dayErrors(field, value, pointer, now)
    case 'place':
      return typeof value === 'string' && value in now.places ? [] : [{ pointer, code: 'unknown_place' }]
    case 'user':
    case 'partner':
    case 'case':
      return typeof value === 'string' && /^[A-Za-z0-9-]{1,64}$/.test(value) ? [] : wrong
    case 'consent':
      return consentErrors(field, value, pointer)
    case 'list':
      return listErrors(field, value, pointer, now)
  }
}

function optionErrors(field: Field, value: string, pointer: string): FieldError[] {
  if (field.options === undefined || field.options.includes(value)) return []
  return [{ pointer, code: 'not_an_option', expected: field.options }]
}

/** `1994`, `1994-05` or `1994-05-14`, and a day that exists. */
export function isDate(value: string): boolean {
  if (!/^\d{4}(-\d{2}){0,2}$/.test(value)) return false
  const full = `${value}-01-01`.slice(0, 10)
  const parsed = Date.parse(`${full}T00:00:00Z`)
  return !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(full)
}

const isDay = (value: string): boolean => value.length === 10 && isDate(value)

function consentErrors(field: Field, value: AnswerValue, pointer: string): FieldError[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ pointer, code: 'wrong_type' }]
  const closed: [string, string[]][] = [
    ['state', ['given', 'refused', ...(field.override === undefined ? [] : ['override'])]],
    ['form', ['written', 'recorded', 'oral', 'proxy']],
  ]
  const { until } = value
  const day = until === undefined || until === null || (typeof until === 'string' && isDay(until))
  return [
    ...closed
      .filter(([member, options]) => !options.includes(String(value[member])))
      .map(([member, expected]): FieldError => ({ pointer: `${pointer}/${member}`, code: 'not_an_option', expected })),
    ...(day ? [] : [{ pointer: `${pointer}/until`, code: 'not_a_date' } satisfies FieldError]),
  ]
}

function listErrors(field: Field, value: AnswerValue, pointer: string, now: Circumstances): FieldError[] {
  if (!Array.isArray(value)) return [{ pointer, code: 'wrong_type' }]
  const size = boundErrors(field, value.length, pointer)
  if (size.length > 0) return size
  return value.flatMap((row, index) => {
    if (typeof row !== 'object') return [{ pointer: `${pointer}/${index}`, code: 'wrong_type' as const }]
    const given = { answers: row, personal: {}, absent: {} }
    return fieldErrors(field.of ?? [], given, { form: row, outcome: '' }, now).map((error) => ({
      ...error,
      pointer: `${pointer}/${index}${error.pointer.slice('/answers'.length)}`,
    }))
  })
}

export function evidenceErrors(
  rules: EvidenceRule[],
  evidence: Filled['evidence'],
  names: Names | NamesLater,
): FieldError[] {
  const known = new Set(rules.map((rule) => rule.id))
  const unknown = Object.keys(evidence)
    .filter((id) => !known.has(id))
    .map((id): FieldError => ({ pointer: `/evidence/${id}`, code: 'unknown_evidence' }))
  const missing = rules
    .filter((rule) => rule.required && holds(rule.when, names) && (evidence[rule.id] ?? []).length === 0)
    .map((rule): FieldError => ({ pointer: `/evidence/${rule.id}`, code: 'evidence_missing' }))
  return [...unknown, ...missing]
}
