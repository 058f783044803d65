/** The one shape of what became of an act: for 200, 202, the receipt and the preview. Answers are open. */

import { z } from '@hono/zod-openapi'
import { Deadline, InstantText, Named, orNull } from '../openapi/answers.ts'

export const EndedStep = z
  .looseObject({ id: z.string(), title: z.string(), outcome: Named, deadline: Deadline.optional() })
  .openapi('EndedStep')
export const OpenedStep = z
  .looseObject({
    id: z.string(),
    title: z.string(),
    for: z.looseObject({ role: orNull(Named), owner: orNull(Named) }),
    you_may_act: z.boolean(),
    deadline: orNull(Deadline),
    href: z.string(),
  })
  .openapi('OpenedStep')
export const GivenNotice = z.looseObject({ about: z.string(), to: Named, text: z.string() }).openapi('GivenNotice')
export const MovedClock = z
  .looseObject({ id: z.string(), state: z.string(), at: InstantText, text: z.string(), before: orNull(InstantText) })
  .openapi('MovedClock')
export const CaseBrief = z
  .looseObject({ number: z.string(), status: z.enum(['open', 'closed', 'merged']), stage: Named, href: z.string() })
  .openapi('CaseBrief')

export const ActionStatus = z.enum(['accepted', 'recorded', 'refused', 'failed', 'preview']).openapi('ActionStatus')

export const ActionAnswer = z
  .looseObject({
    key: z.string().optional().openapi({ description: 'The Idempotency-Key; absent in a preview' }),
    act: z.string(),
    status: ActionStatus,
    text: z.string().optional(),
    happened: InstantText.optional(),
    received: InstantText.optional(),
    recorded: InstantText.optional(),
    ended: z.array(EndedStep).optional(),
    opened: z.array(z.union([OpenedStep, z.looseObject({ id: z.string() })])).optional(),
    notices: z.array(GivenNotice).optional(),
    clocks: z.array(MovedClock).optional(),
    case: CaseBrief.optional(),
    changes: z
      .array(z.looseObject({ id: z.string(), label: z.string() }).openapi('Change'))
      .optional()
      .openapi({ description: 'Of a preview: answers before and after; of personal ones only that they change' }),
    effects: z
      .array(z.looseObject({ kind: z.string(), text: z.string() }).openapi('Effect'))
      .optional()
      .openapi({ description: 'Of a preview: what would follow, in words' }),
    confirm: z
      .looseObject({ act: z.string(), label: z.string(), method: z.string(), href: z.string() })
      .optional()
      .openapi({ description: 'Of a preview: the act that does it, with what is to be sent again in `fill`' }),
    href: z.string().optional(),
    problem: z.looseObject({ code: z.string() }).optional(),
  })
  .openapi('Action')
export type ActionBody = z.infer<typeof ActionAnswer>
