/** When an act happened, in business time, from what its sender says. */

import type { Instant } from '../../cases/time.ts'
import type { CommonBody } from './act.ts'

/**
 * A bare date is the first instant of that day: the core pulls it to the opening of the step. An instant is corrected by how far the sender's
 * clock is off, as `sent_at` shows. Nothing said: now.
 */
export const happenedAt = (body: CommonBody, now: Instant): Instant => {
  if (body.happened === undefined) return now
  if (body.happened.length === 10) return Date.parse(`${body.happened}T00:00:00Z`)
  const off = body.sent_at === undefined ? 0 : now - Date.parse(body.sent_at)
  return Date.parse(body.happened) + off
}

/** For what begins then and there, as an opening: a bare date is the present if it is today, else the end of that day. */
export const begunAt = (body: CommonBody, now: Instant): Instant =>
  body.happened?.length === 10
    ? Math.min(now, Date.parse(`${body.happened}T23:59:59Z`))
    : Math.min(now, happenedAt(body, now))
