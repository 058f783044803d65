import { z } from '@hono/zod-openapi'
import { answer, InstantText, orNull } from '../openapi/answers.ts'
import { AfterQuery, PageQuery } from '../openapi/page.ts'
import type { CaseEvent } from '../../cases/events.ts'

/** What the feed tells of: what happened to cases, runs, steps and deadlines; never what somebody said. */
export const FEED_KINDS = [
  'case_opened',
  'case_closed',
  'case_reopened',
  'run_begun',
  'run_completed',
  'run_stopped',
  'step_opened',
  'step_ended',
  'step_reopened',
  'sent_back',
  'step_moved',
  'clock_met',
  'clock_breached',
  'breach_annulled',
  'clock_extended',
  'rung_fired',
] as const satisfies readonly CaseEvent['kind'][]
type FeedKind = (typeof FEED_KINDS)[number]

export const isFeedKind = (kind: string): kind is FeedKind => (FEED_KINDS as readonly string[]).includes(kind)

const FeedEvent = answer({
  position: z.string().openapi({ description: 'Opaque, the same at every look, of this reader only' }),
  kind: z.string().openapi({ description: `Expect others one day. Today: ${FEED_KINDS.join(', ')}` }),
  case: orNull(z.string()).openapi({ description: 'Number of the case; null for an arrival' }),
  arrival: orNull(z.string()),
  place: orNull(z.string()),
  procedure: orNull(z.string()),
  step: orNull(z.string()),
  outcome: orNull(z.string()),
  happened: InstantText,
  recorded: InstantText,
  href: z.string(),
}).openapi('FeedEvent')

export const EventFeed = answer({
  events: z.array(FeedEvent),
  next: z.string().openapi({ description: 'Where to go on; asked again when there is nothing new, it stays the same' }),
  caught_up: z.boolean().openapi({ description: 'Nothing more has been recorded; false: ask `next` at once' }),
}).openapi('EventFeed')

export const FeedQuery = z.strictObject({
  after: AfterQuery,
  limit: PageQuery.limit,
  kinds: z
    .string()
    .max(400)
    .optional()
    .openapi({ param: { name: 'kinds', in: 'query' }, description: 'Only these, with commas between them' }),
})
