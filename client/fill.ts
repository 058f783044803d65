/** Fills a form from its own description, as a careful clerk would: what is required, plausibly, and nothing personal. */

import type { Body, Json } from './person.ts'

export interface FormField {
  id: string
  type: string
  required?: boolean
  personal?: boolean
  options?: { id: string }[]
  options_href?: string
  at_least?: string
  at_most?: string
  least?: number
  most?: number
  fields?: FormField[]
  ask_when?: Condition
}
type Condition =
  | { field: string; in: Json[] }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { answered: string }
export interface Filled {
  answers: Body
  evidence: Body
}

/** `given` overrides by field id; what it does not name and the form requires is invented. */
export function filled(form: Body, outcome: string, given: Body, today: string): Filled {
  const answers: Body = {}
  for (const field of fieldsOf(form)) {
    const value = given[field.id]
    if (value !== undefined) answers[field.id] = value
    else if (field.required && asked(field.ask_when, { ...answers, outcome }))
      answers[field.id] = plausible(field, today)
  }
  const evidence: Body = {}
  for (const rule of (form['evidence'] ?? []) as unknown as FormField[]) {
    if (rule.required && asked(rule.ask_when, { ...answers, outcome })) {
      evidence[rule.id] = [{ paper: { kept_at: 'Classeur du service' } }]
    }
  }
  return { answers, evidence }
}

const fieldsOf = (form: Body): FormField[] => (form['fields'] ?? []) as unknown as FormField[]

export function asked(condition: Condition | undefined, answers: Body): boolean {
  if (!condition) return true
  if ('field' in condition) return condition.in.includes(answers[condition.field] ?? null)
  if ('all' in condition) return condition.all.every((one) => asked(one, answers))
  if ('any' in condition) return condition.any.some((one) => asked(one, answers))
  if ('not' in condition) return !asked(condition.not, answers)
  return answers[condition.answered] !== undefined
}

function plausible(field: FormField, today: string): Json {
  switch (field.type) {
    case 'choice':
    case 'code':
    case 'place':
    case 'partner':
    case 'user':
      return field.options?.[0]?.id ?? ''
    case 'codes':
      return field.options?.[0] ? [field.options[0].id] : []
    case 'yes_no':
      return false
    case 'number':
    case 'score':
      return within(field, 3)
    case 'money':
      return within(field, 52_000)
    case 'date':
      return field.at_least ?? field.at_most ?? today
    case 'consent':
      return { state: 'given', form: 'written', language: 'fr' }
    case 'list':
      return [Object.fromEntries((field.fields ?? []).map((one) => [one.id, plausible(one, today)]))]
    default:
      return 'Noté au dossier.'
  }
}

const within = ({ least = 0, most = Infinity }: FormField, wished: number): number =>
  Math.min(most, Math.max(least, wished))
