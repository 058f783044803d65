import type { Field } from '../../procedures/language/compiled.ts'
import { valueErrors } from '../answers.ts'
import type { Circumstances } from '../circumstances.ts'
import type { Answers } from '../events.ts'
import type { FieldError } from '../refusals.ts'

/** Only what is corrected is given: nothing is required, and a plain answer may be taken back with null. */
export function correctionErrors(
  form: Field[],
  { answers, personal }: { answers: Answers; personal: Record<string, string> },
  now: Circumstances,
): FieldError[] {
  const fields = new Map(form.map((field) => [field.id, field]))
  const plain = Object.entries(answers).flatMap(([id, value]): FieldError[] => {
    const field = fields.get(id)
    if (!field) return [{ pointer: `/answers/${id}`, code: 'unknown_field' }]
    // A consent is withdrawn or given anew: what was shared under it was shared.
    if (field.type === 'consent') return [{ pointer: `/answers/${id}`, code: 'not_asked' }]
    return value === null ? [] : valueErrors(field, value, `/answers/${id}`, now)
  })
  const sealed = Object.keys(personal).filter((id) => fields.get(id)?.personal !== true)
  return [...plain, ...sealed.map((id): FieldError => ({ pointer: `/answers/${id}`, code: 'unknown_field' }))]
}
