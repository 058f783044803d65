import { z } from '@hono/zod-openapi'
import { OVERRIDE_CAUSES } from '../../cases/events.ts'
import { FreeText, StepId, common, filled } from '../openapi/bodies.ts'
import { defineAct, stepBody } from './act.ts'

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
  summary: {
    fr: 'Proposer de terminer une étape hors de son tour ; une seconde personne signe',
    en: 'Propose to end a step out of turn; a second person countersigns',
  },
  body: OverrideStep,
  label: { fr: 'Terminer hors procédure', en: 'End out of turn' },
  said: {
    fr: (told) => `Fin hors procédure proposée — ${told.step ?? ''}. Une seconde personne doit la confirmer.`,
    en: (told) => `Ending out of turn proposed — ${told.step ?? ''}. A second person must confirm it.`,
  },
  onArrivals: true,
  on: {
    item: {
      points: ({ work }) => ({ step: work.item }),
      body: stepBody,
      fill: () => ['outcome', 'answers', 'cause', 'reason'],
    },
  },
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
