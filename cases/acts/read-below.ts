import type { CompiledProcedure } from '../../procedures/language/compiled.ts'

/** Whether a condition, clock, role, list or disclosure of a later step of the procedure reads this field. */
export function isReadBelow({ steps }: CompiledProcedure, step: string, field: string): boolean {
  const later = steps.slice(steps.findIndex(({ id }) => id === step) + 1)
  const text = JSON.stringify(later, (_key, value: unknown) => (isFieldAnchor(value) ? pathOf(value) : value))
  return new RegExp(`(?<![\\w.])${step}\\.${field}(?!\\w)`).test(text)
}

interface FieldAnchor {
  kind: 'field'
  step: string
  field: string
}
const isFieldAnchor = (value: unknown): value is FieldAnchor =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'field' && 'step' in value
const pathOf = ({ step, field }: FieldAnchor): string => `${step}.${field}`
