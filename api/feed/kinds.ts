/** What the feed tells of: what happened to cases, runs, steps and deadlines; never what somebody said. */

import type { CaseEvent } from '../../cases/events.ts'

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
