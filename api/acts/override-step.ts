import { z } from '@hono/zod-openapi'
import { OVERRIDE_CAUSES } from '../../cases/events.ts'
import { defineAct } from './act.ts'
import { FreeText, StepId, common, filled } from '../openapi/bodies.ts'

export const OverrideStep = z
  .strictObject({
    step: StepId,
    cause: z.enum(OVERRIDE_CAUSES).default('other'),
    reason: FreeText,
    ...filled,
    ...common,
  })
  .openapi('OverrideStep')

/** Ends a step out of turn; counts only once a second person countersigns. */
export const overrideStep = defineAct({
  name: 'override_step',
  operationId: 'overrideStep',
  summary: 'Propose to end a step out of turn; a second person countersigns',
  body: OverrideStep,
  make: (body, reader) => {
    const step = reader.item(body.step)
    return {
      act: 'override_step',
      step,
      cause: body.cause,
      reason: reader.secret(step, 'reason', body.reason),
      outcome: body.outcome,
      ...reader.filled(step, body),
    }
  },
  draftOf: (body) => body,
})
