/** What has happened, as a timeline and a refusal tell it. */

import { z } from '@hono/zod-openapi'
import { answer, InstantText, Named } from './answers.ts'

export const told = {
  kind: z.string().openapi({ description: 'Kind of the event; expect others one day', example: 'step_ended' }),
  text: z.string(),
  happened: InstantText,
  recorded: InstantText,
  by: Named,
  step: z.string().optional().openapi({ description: 'Work item' }),
  outcome: Named.optional(),
}
export const ToldEntry = answer(told).openapi('ToldEntry')
