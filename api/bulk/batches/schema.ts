import { z } from '@hono/zod-openapi'
import { STAGES } from '../../../procedures/language/compiled.ts'
import { AnswersBody, UserId } from '../../openapi/bodies.ts'
import { answer, CaseLink, InstantText, Named, orNull } from '../../openapi/answers.ts'

const MOST_NUMBERS = 1000
export const BatchCases = z
  .strictObject({
    place: z.string().max(60).optional().openapi({ description: 'Followed there, or anywhere under it' }),
    stage: z.enum(STAGES).optional(),
    procedure: z.string().max(60).optional().openapi({ description: 'A run of this procedure is open' }),
    owner: UserId.optional(),
    numbers: z.array(z.string().max(40)).min(1).max(MOST_NUMBERS).optional(),
  })
  .openapi('BatchCases', { description: 'Which open cases: all of what is said must hold; at least one thing is said' })

export const BatchBody = z
  .strictObject({
    procedure: z.string().max(60).openapi({ example: 'ml-freeze' }),
    cases: BatchCases,
    answers: AnswersBody.default({}),
  })
  .openapi('BeginBatch')

const Counted = answer({ id: z.string(), label: z.string(), count: z.number().int() }).openapi('CountedCases', {
  description: 'How many cases of one kind',
})
const LeftOut = answer({
  code: z.string().openapi({ description: 'As a problem would say it; `nothing` when there was nothing to do' }),
  text: z.string(),
  count: z.number().int(),
  cases: z.array(CaseLink),
}).openapi('LeftOut', { description: 'Why cases stay as they are, with the first hundred of them' })
const Lifting = answer({
  by: Named,
  asked: InstantText,
  done: z.number().int(),
  over: z.number().int().openapi({ description: 'Had ended before by itself' }),
  kept: z.number().int().openapi({ description: 'Could not be lifted; lift again to try again' }),
  left: z.number().int(),
}).openapi('BatchLifting')
export const BatchAnswer = answer({
  id: z.string().optional().openapi({ description: 'Absent in a preview' }),
  status: z.enum(['preview', 'running', 'done', 'lifting', 'lifted']),
  text: z.string(),
  procedure: Named,
  by: Named,
  asked: InstantText,
  cases: BatchCases.optional(),
  answers: AnswersBody.optional(),
  total: z.number().int().openapi({ description: 'Cases that were found' }),
  done: z.number().int().openapi({ description: 'In which it has begun; in a preview, would begin' }),
  waiting: z.number().int(),
  left_out: z.number().int(),
  reasons: z.array(LeftOut).openapi({ description: 'Empty in the list of batches' }),
  not_checked: z
    .number()
    .int()
    .optional()
    .openapi({ description: 'In a preview: counted in `done`, but too many to be tried one by one' }),
  by_place: z.array(Counted).optional(),
  by_stage: z.array(Counted).optional(),
  lifting: orNull(Lifting),
  actions: z.array(
    answer({ act: z.string(), label: z.string(), method: z.string(), href: z.string() }).openapi('BatchAction'),
  ),
  href: z.string().optional(),
}).openapi('Batch')
export type BatchShown = z.infer<typeof BatchAnswer>
export const BatchList = answer({ items: z.array(BatchAnswer), next: orNull(z.string()) }).openapi('BatchList')
