/** What could be chosen, by code and by name: a person reads the names, whoever types needs the codes. */

import type { FieldError } from '../../cases/refusals.ts'
import type { Country } from '../../procedures/language/country.ts'
import type { FieldText, FieldTexts } from '../../procedures/language/shapes/field.ts'
import type { WorkText } from '../../procedures/language/shapes/step.ts'
import type { Text } from '../../procedures/language/shapes/strict.ts'
import type { Language } from '../context/deps.ts'

/** The texts of a form, and of its outcomes where it has any. */
export interface FormTexts {
  fields: FieldTexts | undefined
  outcomes?: Record<string, { label: Text }>
}

/** Of a step, or of nothing that has any. */
export const stepTexts = (step: WorkText | undefined): FormTexts =>
  step ? { fields: step.form, outcomes: step.outcomes } : { fields: undefined }

/** The texts of a task or a decision in the published folder; undefined for a start or an unknown step. */
export function textOf(country: Country, procedure: string, step: string): WorkText | undefined {
  const found = country.procedures[procedure]?.steps.find((one) => one.id === step)
  return found && found.kind !== 'start' ? found : undefined
}

/** The error with `family (Famille avec enfants)` for each code that it expects; as it is where no name is known. */
export function withNames(error: FieldError, texts: FormTexts, country: Country, language: Language): FieldError {
  if (error.expected === undefined) return error
  const names = namesAt(error.pointer.split('/').slice(1), texts, country)
  const named = error.expected.map((id) => (names[id] ? `${id} (${names[id][language]})` : id))
  return { ...error, expected: named }
}

function namesAt([part, id = '', , member]: string[], { fields, outcomes = {} }: FormTexts, country: Country) {
  if (part === 'outcome') return Object.fromEntries(Object.entries(outcomes).map(([one, { label }]) => [one, label]))
  const field = fields?.[id]
  const asked: FieldText | undefined = member === undefined ? field : field?.of?.[member]
  const named: Record<string, Text> = asked?.options ?? country.lists[asked?.list ?? ''] ?? {}
  return named
}
