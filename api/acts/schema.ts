/** The one shape of what became of an act: for 200, 202, the receipt and the preview. Answers are open. */

import { z } from '@hono/zod-openapi'
import { answer, Change, InstantText, Named, orNull, Stage } from '../openapi/answers.ts'
import { Deadline } from '../openapi/deadlines.ts'
import { OfferedAct } from '../openapi/offered-acts.ts'
import { ProblemSchema } from '../openapi/problem.ts'

const EndedStep = answer({
  id: z.string(),
  title: z.string(),
  outcome: Named,
  deadline: Deadline.optional(),
}).openapi('EndedStep')
const OpenedStep = answer({
  id: z.string(),
  title: z.string(),
  for: answer({ role: orNull(Named), owner: orNull(Named) }).openapi('StepOwner'),
  you_may_act: z.boolean(),
  deadline: orNull(Deadline),
  href: z.string(),
}).openapi('OpenedStep')
const OpenedId = answer({ id: z.string() }).openapi('OpenedId', { description: 'With Prefer: return=minimal' })
const GivenNotice = answer({ about: z.string(), to: Named, text: z.string() }).openapi('GivenNotice')
const MovedClock = answer({
  id: z.string(),
  state: z.enum(['on_time', 'late']),
  at: InstantText,
  text: z.string(),
  before: orNull(InstantText),
  extended: z.string().optional().openapi({ description: 'How much more time was given, of how much there may be' }),
}).openapi('MovedClock')
export const caseBrief = {
  number: z.string(),
  status: z.enum(['open', 'closed', 'merged']),
  stage: Stage,
  href: z.string(),
}
const CaseBrief = answer(caseBrief).openapi('CaseBrief')
const Effect = answer({ kind: z.string(), text: z.string() }).openapi('Effect')

export const ActionStatus = z.enum(['accepted', 'recorded', 'refused', 'failed', 'preview']).openapi('ActionStatus')

/** Members that every answer to an act shares. */
export const actionMembers = {
  key: z.string().optional().openapi({ description: 'The Idempotency-Key; absent in a preview' }),
  act: z.string(),
  status: ActionStatus,
  text: z.string().optional(),
  happened: InstantText.optional(),
  received: InstantText.optional(),
  recorded: InstantText.optional(),
  ended: z.array(EndedStep).optional(),
  opened: z.array(z.union([OpenedStep, OpenedId])).optional(),
  notices: z.array(GivenNotice).optional(),
  clocks: z.array(MovedClock).optional(),
  case: CaseBrief.optional(),
  changes: z
    .array(Change)
    .optional()
    .openapi({ description: 'Of a preview: answers before and after; of personal ones only that they change' }),
  effects: z.array(Effect).optional().openapi({ description: 'Of a preview: what would follow, in words' }),
  confirm: OfferedAct.optional(),
  href: z.string().optional(),
  problem: ProblemSchema.optional(),
}
export const ActionAnswer = answer(actionMembers).openapi('Action', {
  description: 'What became of an act. `confirm`, in a preview, is the act that does it',
})
export type ActionBody = z.infer<typeof ActionAnswer>
