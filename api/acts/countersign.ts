import { z } from '@hono/zod-openapi'
import { StepId, common } from '../openapi/bodies.ts'
import { defineAct, stepBody } from './act.ts'
import { endedText } from './said.ts'

export const countersign = defineAct({
  name: 'countersign',
  operationId: 'countersign',
  summary: {
    fr: 'Signer, comme seconde personne, une fin hors procédure',
    en: 'Sign, as the second person, a step that was ended out of turn',
  },
  body: z.strictObject({ step: StepId, ...common }).openapi('Countersign'),
  label: { fr: 'Contresigner la fin hors procédure', en: 'Countersign the ending out of turn' },
  said: {
    fr: (told) => `Fin hors procédure confirmée — ${endedText(told)}.`,
    en: (told) => `Ending out of turn confirmed — ${endedText(told)}.`,
  },
  onArrivals: true,
  on: { item: { points: ({ work }) => ({ step: work.item }), body: stepBody, fill: () => [] } },
  make: (body, reader) => ({ act: 'countersign', step: reader.item(body.step) }),
})
