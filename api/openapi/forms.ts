/** A form as answers describe it: fields, evidence and outcomes, with what is asked when. */

import { z } from '@hono/zod-openapi'
import type { AskWhen } from '../../cases/ask-when.ts'
import { FIELD_TYPES } from '../../procedures/language/shapes/field.ts'
import { answer, Named } from './answers.ts'

const Condition: z.ZodType<AskWhen> = z
  .lazy(() =>
    z.union([
      answer({ field: z.string(), in: z.array(z.union([z.string(), z.number(), z.boolean()])) }),
      answer({ all: z.array(Condition) }),
      answer({ any: z.array(Condition) }),
      answer({ not: Condition }),
      answer({ answered: z.string() }),
    ]),
  )
  .openapi('AskWhen', { description: 'Asked only when the form itself says so' })

/** Members that a field and a member of its rows share. */
export const fieldMembers = {
  id: z.string(),
  label: z.string(),
  type: z.enum(FIELD_TYPES).openapi('FieldType'),
  required: z.boolean(),
  help: z.string().optional(),
  personal: z.boolean().optional().openapi({ description: 'Sealed; told to nobody without need' }),
  may_be_absent: z.array(z.enum(['refused', 'unknown'])).optional(),
  max_length: z.number().int().optional().openapi({ description: 'Characters' }),
  least: z.number().optional().openapi({ description: 'The least value or number of entries; money in whole XOF' }),
  most: z.number().optional().openapi({ description: 'The greatest value or number of entries; money in whole XOF' }),
  at_least: z.iso.date().optional(),
  at_most: z.iso.date().optional(),
  purpose: z.string().optional().openapi({ description: 'Of a consent: what it is asked for' }),
  ask_when: Condition.optional(),
  options: z.array(Named).optional(),
  options_href: z.string().optional().openapi({ description: 'Where the options are listed, when there are many' }),
}
const FormMember = answer(fieldMembers).openapi('FormMember')
export const FormField = answer({
  ...fieldMembers,
  fields: z
    .array(FormMember)
    .optional()
    .openapi({ description: 'Of a list: what each row asks; of a consent: its members' }),
}).openapi('FormField')
const FormEvidence = answer({
  id: z.string(),
  label: z.string(),
  required: z.boolean(),
  accepts: z.array(z.string()).openapi({ description: 'Media types' }),
  max_bytes: z.number().int(),
  paper: z.literal('allowed').openapi({ description: 'Where the paper is kept may be told instead' }),
  ask_when: Condition.optional(),
}).openapi('FormEvidence')
const FormOutcome = answer({
  id: z.string(),
  label: z.string(),
  then: z.string().openapi({ description: 'What it opens or reopens, in words; empty for nothing' }),
  adverse: z.boolean().optional().openapi({ description: 'It goes against the person, who must be told' }),
}).openapi('FormOutcome')
const NotOffered = answer({ id: z.string(), label: z.string(), why: z.string() }).openapi('NotOffered', {
  description: 'An outcome that nobody chooses by hand, and how it comes',
})

export const Form = answer({
  digest: z.string().openapi({ description: 'Changes when anything in the form does' }),
  outcomes: z.array(FormOutcome),
  not_offered: z.array(NotOffered),
  fields: z.array(FormField),
  evidence: z.array(FormEvidence),
}).openapi('Form')
