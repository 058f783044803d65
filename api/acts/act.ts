/** What an act is to the API: a name, a strict body, and how the body becomes the core's Act. And when it happened. */

import type { z } from '@hono/zod-openapi'
import type { Act, ActName } from '../../cases/actions.ts'
import type { Via } from '../../cases/events.ts'
import type { BodyReader } from './read-body.ts'
import type { Instant } from '../../cases/time.ts'

export interface CommonBody {
  happened?: string | undefined
  via?: Via | undefined
  sent_at?: string | undefined
}
export interface ActDefinition<B extends CommonBody = CommonBody> {
  name: ActName
  operationId: string
  summary: string
  body: z.ZodType<B>
  /** A procedure that must be looked up before `make`. */
  procedureOf?: (body: B) => string
  make: (body: B, reader: BodyReader) => Act
  /** The work item whose refused answers are kept as a draft. */
  draftOf?: (body: B) => { step: string; answers: Record<string, unknown>; absent?: object; evidence?: object }
}

/** Keeps the body's type inside one file per act, and forgets it in the table. */
export const defineAct = <B extends CommonBody>(definition: ActDefinition<B>): ActDefinition =>
  definition as unknown as ActDefinition

/**
 * When an act happened, in business time, from what its sender says. A bare date is the first instant of that day: the core pulls it to the opening of the step. An instant is corrected by how far the sender's
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
