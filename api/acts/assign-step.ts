import { z } from '@hono/zod-openapi'
import { FreeText, StepId, UserId, common } from '../openapi/bodies.ts'
import { defineAct, stepBody } from './act.ts'

export const assignStep = defineAct({
  name: 'assign_step',
  operationId: 'assignStep',
  summary: { fr: 'Confier une étape à quelqu’un d’autre', en: 'Give one step to somebody else' },
  body: z.strictObject({ step: StepId, to: UserId, reason: FreeText.optional(), ...common }).openapi('AssignStep'),
  label: { fr: 'Confier à quelqu’un d’autre', en: 'Give to somebody else' },
  said: {
    fr: (told) => `Étape confiée — ${told.step ?? ''}.`,
    en: (told) => `Step assigned — ${told.step ?? ''}.`,
  },
  onArrivals: true,
  on: { item: { points: ({ work }) => ({ step: work.item }), body: stepBody, fill: () => ['to', 'reason'] } },
  make: (body, reader) => {
    const step = reader.item(body.step)
    const reason = body.reason === undefined ? null : reader.secret(step, 'reason', body.reason)
    return { act: 'assign_step', step, to: body.to, reason }
  },
})
