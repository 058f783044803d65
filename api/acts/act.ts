/** What an act is to the API: a name, a strict body, and how the body becomes the core's Act. */

import type { z } from '@hono/zod-openapi'
import type { Act, ActName } from '../../cases/actions.ts'
import type { Via } from '../../cases/events.ts'
import type { Making } from './read-body.ts'

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
  make: (body: B, making: Making) => Act
  /** The work item whose refused answers are kept as a draft. */
  draftOf?: (body: B) => { step: string; answers: Record<string, unknown>; absent?: object; evidence?: object }
}

/** Keeps the body's type inside one file per act, and forgets it in the table. */
export const defineAct = <B extends CommonBody>(definition: ActDefinition<B>): ActDefinition =>
  definition as unknown as ActDefinition
