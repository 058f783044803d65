import { z } from '@hono/zod-openapi'
import { CivilDateText, UserId } from '../../openapi/bodies.ts'
import { answer, Named, orNull } from '../../openapi/answers.ts'
import { HANDOVER_REASONS } from '../../../cases/events.ts'

export const HandoverBody = z
  .strictObject({
    from: UserId.optional(),
    place: z.string().max(60).optional().openapi({ description: 'The office that closes: all who work there' }),
    to: z
      .union([UserId, z.array(UserId).min(1).max(20)])
      .openapi({ description: 'One successor, or several who share the work out within their caseloads' }),
    reason: z.enum(HANDOVER_REASONS).openapi('HandoverReason'),
    starts: CivilDateText.optional(),
    until: CivilDateText.optional(),
    over_limit: z
      .boolean()
      .optional()
      .openapi({ description: 'Go deliberately beyond the caseload of the successors' }),
  })
  .openapi('HandOver', {
    description:
      'The work of `from`, or of all at the `place` that closes; from `starts` (today), and until `until`, the last ' +
      'day of leave or illness, after which it comes back',
  })

export const HandoverAnswer = answer({
  id: z.string(),
  reason: z.enum(HANDOVER_REASONS),
  from: z.array(Named),
  to: z.array(Named),
  starts: z.iso.date(),
  until: orNull(z.iso.date()),
  status: z.enum(['preview', 'planned', 'running', 'away', 'returning', 'done']),
  text: z.string(),
  total: z.number().int().openapi({ description: 'Cases in which something moves' }),
  done: z.number().int(),
  left: z.number().int(),
  left_out: z.number().int().openapi({ description: 'Cases that could not be moved and are as they were' }),
  href: z.string(),
  shares: z
    .array(answer({ id: z.string(), label: z.string(), cases: z.number().int() }).openapi('HandoverShare'))
    .optional()
    .openapi({ description: 'Of a preview: how many cases each successor would take' }),
}).openapi('HandoverProgress')
export const HandoverList = answer({ items: z.array(HandoverAnswer), next: orNull(z.string()) }).openapi('HandoverList')
