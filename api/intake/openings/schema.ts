import { z } from '@hono/zod-openapi'
import { answer } from '../../openapi/answers.ts'
import { AbsentBody, AnswersBody, common } from '../../openapi/bodies.ts'
import { actionMembers } from '../../acts/schema.ts'
import { fieldMembers } from '../../openapi/forms.ts'
import { PerhapsSame } from '../search/schema.ts'

export const OpenCase = z
  .strictObject({
    opening: z.string().max(60).openapi({ example: 'ml-reception' }),
    place: z.string().max(60).openapi({ example: 'senou' }),
    answers: AnswersBody.default({}),
    absent: AbsentBody.default({}),
    ...common,
  })
  .openapi('OpenCase')

export const OpenedCase = answer({
  ...actionMembers,
  number: z.string().openapi({ example: '26-3416-724' }),
  perhaps_same: PerhapsSame.optional(),
}).openapi('OpenedCase')

const OpeningField = answer({ ...fieldMembers, personal: z.boolean() }).openapi('OpeningField')
export const OpeningList = answer({
  items: z.array(
    answer({
      opening: z.string(),
      version: z.number().int(),
      label: z.string(),
      subject: z.enum(['case', 'arrival']),
      form: answer({ fields: z.array(OpeningField) }),
      action: answer({ method: z.string(), href: z.string(), body: z.record(z.string(), z.unknown()) }),
    }).openapi('Opening'),
  ),
}).openapi('OpeningList')
