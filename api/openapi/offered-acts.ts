/** Acts as answers offer them: what the viewer may do, and what not, why, and who could. */

import { z } from '@hono/zod-openapi'
import { answer, CouldAct } from './answers.ts'

const Units = z.enum(['hours', 'days', 'working_days', 'weeks', 'months']).openapi('TimeUnit')
const Limits = answer({
  most: answer({ amount: z.number().int(), unit: Units }).openapi('Span'),
  latest: z.iso.date().openapi({ description: 'The last day that this leads to' }),
}).openapi('ExtensionLimits', { description: 'How much more time may be given' })

export const OfferedAct = answer({
  act: z.string(),
  label: z.string(),
  method: z.string(),
  href: z.string(),
  body: z.record(z.string(), z.unknown()).openapi({ description: 'Sent as it is, with the members of `fill` beside' }),
  fill: z.array(z.string()).openapi({ description: 'Members that the caller fills in' }),
  limits: Limits.optional(),
}).openapi('OfferedAct', {
  description: 'Something that the viewer may do: a request, ready but for what is filled in',
})

export const NotNow = answer({
  act: z.string(),
  label: z.string(),
  why: z.string(),
  who: z.array(CouldAct),
}).openapi('NotNow', { description: 'Something that the viewer may not do now, why, and who could' })
