import { z } from 'zod'
import { entryId, nameId, strict, text } from './strict.ts'

export const FIELD_TYPES = [
  'text',
  'code',
  'choice',
  'codes',
  'yes_no',
  'number',
  'date',
  'place',
  'user',
  'partner',
  'case',
  'money',
  'consent',
  'score',
  'list',
] as const

const common = {
  type: z.enum(FIELD_TYPES),
  label: text,
  help: text.optional(),
  required: z.boolean().optional(),
  /** Sealed in the database; no condition may read it. */
  personal: z.boolean().optional(),
  /** CEL: asked only then. */
  when: z.string().optional(),
  /** The code list of a `code` or `codes`. */
  list: z.string().optional(),
  options: z.record(entryId, text).optional(),
  /** The role that a `user` field asks for. */
  role: z.string().optional(),
  purpose: nameId.optional(),
  /** Of a `consent`: the outcome under which somebody goes on without it, to be countersigned. */
  override: z.string().optional(),
  /** The budget that a `money` is paid from: such a step is a payment. */
  budget: z.string().optional(),
  /** Of a `case`: opened before this one, as the case that a duplicate is merged into. */
  older: z.boolean().optional(),
  /** Of a `text`: it is or holds a telephone number, fictitious on a training installation. */
  telephone: z.boolean().optional(),
  /** Of a `date`: `behind`, today at the latest; `ahead`, not before the day on which it was told. */
  lies: z.enum(['behind', 'ahead']).optional(),
  instrument: z.string().optional(),
  restricted: nameId.optional(),
  min: z.number().optional(),
  max: z.number().optional(),
}
const member = strict(common)
export const field = strict({ ...common, of: z.record(nameId, member).optional() })
export const fields = z.record(nameId, field)
export type FieldText = z.infer<typeof field>
export type FieldTexts = z.infer<typeof fields>

export const evidence = z.record(
  nameId,
  strict({ label: text, help: text.optional(), required: z.boolean().optional(), when: z.string().optional() }),
)
