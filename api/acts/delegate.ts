import { z } from '@hono/zod-openapi'
import { StepId, UserId, common } from '../openapi/bodies.ts'
import { defineAct, stepBody } from './act.ts'

export const delegate = defineAct({
  name: 'delegate',
  operationId: 'delegate',
  summary: {
    fr: 'Laisser quelqu’un d’autre faire une étape à soi',
    en: 'Let somebody else do one of your own steps',
  },
  body: z.strictObject({ step: StepId, to: UserId, ...common }).openapi('Delegate'),
  label: { fr: 'Demander à un collègue', en: 'Ask a colleague' },
  said: {
    fr: (told) => `Étape déléguée — ${told.step ?? ''}.`,
    en: (told) => `Step delegated — ${told.step ?? ''}.`,
  },
  onArrivals: true,
  on: { item: { points: ({ work }) => ({ step: work.item }), body: stepBody, fill: () => ['to'] } },
  make: (body, reader) => ({ act: 'delegate', step: reader.item(body.step), to: body.to }),
})
