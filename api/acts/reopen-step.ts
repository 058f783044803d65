import { z } from '@hono/zod-openapi'
import { FreeText, StepId, TermBody, common } from '../openapi/bodies.ts'
import { defineAct, stepBody } from './act.ts'

export const reopenStep = defineAct({
  name: 'reopen_step',
  operationId: 'reopenStep',
  summary: {
    fr: 'Faire refaire une étape terminée, dans un délai et avec un motif',
    en: 'Have a step that has ended done again, within a time and with a reason',
  },
  body: z.strictObject({ step: StepId, within: TermBody, reason: FreeText, ...common }).openapi('ReopenStep'),
  label: { fr: 'Faire refaire cette étape', en: 'Have this step done again' },
  said: {
    fr: (told) => `Étape rouverte — ${told.step ?? ''}.`,
    en: (told) => `Step re-opened — ${told.step ?? ''}.`,
  },
  onArrivals: true,
  on: {
    'ended item': {
      points: ({ work }) => ({ step: work.item }),
      body: stepBody,
      fill: () => ['within', 'reason'],
    },
  },
  make: (body, reader) => {
    const step = reader.item(body.step)
    const within = { n: body.within.amount, unit: body.within.unit }
    return { act: 'reopen_step', step, within, reason: reader.secret(step, 'reason', body.reason) }
  },
})
