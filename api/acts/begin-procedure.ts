import { z } from '@hono/zod-openapi'
import { AbsentBody, AnswersBody, common } from '../openapi/bodies.ts'
import { defineAct } from './act.ts'

export const beginProcedure = defineAct({
  name: 'begin_procedure',
  operationId: 'beginProcedure',
  summary: { fr: 'Commencer une procédure dans un dossier', en: 'Begin a procedure in a case' },
  body: z
    .strictObject({
      procedure: z.string().max(60),
      answers: AnswersBody.default({}),
      absent: AbsentBody.default({}),
      ...common,
    })
    .openapi('BeginProcedure'),
  label: { fr: 'Commencer', en: 'Begin' },
  said: { fr: () => 'Procédure commencée.', en: () => 'Procedure begun.' },
  onArrivals: false,
  on: {
    procedure: {
      points: ({ document }) => ({ procedure: document.procedure }),
      /** Suspension has acts of its own. */
      unless: ({ document }, { world }) => document.procedure === world.settings.suspension,
      label: ({ document: { title } }) => ({ fr: `Commencer : ${title.fr}`, en: `Begin: ${title.en}` }),
      body: ({ document }) => ({ procedure: document.procedure }),
      fill: ({ document }) => (Object.keys(document.inputs ?? {}).length > 0 ? ['answers'] : []),
    },
  },
  procedureOf: (body) => body.procedure,
  make: (body, reader) => ({
    act: 'begin_procedure',
    procedure: body.procedure,
    ...reader.inputs(body.procedure, body),
  }),
})
