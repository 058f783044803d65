import { z } from '@hono/zod-openapi'
import { defineAct } from './act.ts'
import { FreeText, StepId, common, filled } from '../openapi/bodies.ts'

const Remark = z.strictObject({ field: z.string().max(60), text: FreeText }).openapi('Remark')

export const CompleteStep = z
  .strictObject({
    step: StepId,
    ...filled,
    basis: z.string().max(60).optional().openapi({ description: 'From the work item; required on decisions' }),
    on_behalf_of: z.string().max(60).optional().openapi({ description: 'The partner who answered by telephone' }),
    remarks: z.array(Remark).max(50).optional().openapi({ description: 'Beside fields, for whoever does it again' }),
    ...common,
  })
  .openapi('CompleteStep')

/** Ends a step with an outcome, answers and evidence. */
export const completeStep = defineAct({
  name: 'complete_step',
  operationId: 'completeStep',
  summary: 'End a step with an outcome, answers and evidence',
  body: CompleteStep,
  make: (body, reader) => {
    const step = reader.item(body.step)
    if (body.remarks !== undefined) reader.secret(step, 'remarks', body.remarks)
    return {
      act: 'complete_step',
      step,
      basis: body.basis ?? null,
      onBehalfOf: body.on_behalf_of ?? null,
      outcome: body.outcome,
      ...reader.filled(step, body),
    }
  },
  draftOf: (body) => body,
})
