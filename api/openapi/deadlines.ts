/** Deadlines as answers tell them: of a step that runs, of one that has ended, and the arithmetic behind both. */

import { z } from '@hono/zod-openapi'
import { answer, InstantText, Named, orNull } from './answers.ts'

export const SentRung = answer({
  rung: z.string().openapi({ description: 'Which rung of the ladder of reminders and escalations' }),
  notice: z.string().openapi({ description: 'Id of the notice, as in the notices of the case' }),
  at: InstantText,
  to: z.string().openapi({ description: 'Name of the role or person' }),
}).openapi('SentRung', { description: 'A reminder or escalation that has gone out' })
const NextRung = answer({ at: InstantText, to: Named, text: z.string() }).openapi('NextRung', {
  description: 'The reminder or escalation that goes out next if nobody acts',
})

/** What became of a deadline by an act. */
export const Deadline = answer({
  clock: z.string().optional(),
  state: z.enum(['on_time', 'late', 'held', 'met', 'breached', 'none']).openapi('DeadlineState'),
  at: orNull(InstantText).optional(),
  text: z.string(),
  already_sent: z.array(SentRung).optional().openapi({ description: 'Of a delay that is annulled: what it sent out' }),
}).openapi('Deadline')

/** Members of a deadline that runs. */
const running = {
  clock: z.string().openapi({ example: '26-3416-724.plan-k7m.draft.1.due' }),
  state: z
    .enum(['on_time', 'late', 'held', 'waiting'])
    .openapi('RunningState', { description: 'waiting: the step opens at that time; held: the clock stands still' }),
  at: InstantText,
  text: z.string(),
  next_rung: orNull(NextRung),
}
export const runningDeadline = { ...running, fired: z.array(SentRung) }
export const RunningDeadline = answer(runningDeadline).openapi('RunningDeadline')
export const RuledDeadline = answer({
  ...runningDeadline,
  why: z.string().nullable().openapi({ description: 'The rule in words' }),
}).openapi('RuledDeadline')
export const ListedDeadline = answer({
  ...running,
  fired: z.number().int().openapi({ description: 'How many reminders and escalations have gone out' }),
}).openapi('ListedDeadline')

export const ArithmeticLine = answer({
  text: z.string(),
  at: InstantText.optional(),
  counted: z.string().optional().openapi({ description: 'The time that this line adds, in words' }),
}).openapi('ArithmeticLine', { description: 'How a deadline came about, line by line' })
export const Consequence = answer({ at: InstantText, text: z.string() }).openapi('Consequence', {
  description: 'What happens by itself if nobody acts',
})
