import { z } from '@hono/zod-openapi'
import { FreeText, StepId, common } from '../openapi/bodies.ts'
import { defineAct, stepBody } from './act.ts'

export const addNote = defineAct({
  name: 'add_note',
  operationId: 'addNote',
  summary: {
    fr: 'Écrire une note sur le dossier ou sur une étape',
    en: 'Write a note on a case or on one of its steps',
  },
  body: z.strictObject({ step: StepId.optional(), text: FreeText, ...common }).openapi('AddNote'),
  label: { fr: 'Ajouter une note', en: 'Add a note' },
  said: { fr: () => 'Note ajoutée.', en: () => 'Note added.' },
  onArrivals: true,
  on: {
    item: {
      points: ({ work }) => ({ step: work.item }),
      /** Notes on an arrival are taken, and shown nowhere yet. */
      unless: (_at, { state }) => state.subject === 'arrival',
      body: stepBody,
      fill: () => ['text'],
    },
    case: { points: () => ({ step: null }), body: () => ({}), fill: () => ['text'] },
  },
  make: (body, reader) => {
    const step = body.step === undefined ? null : reader.item(body.step)
    return { act: 'add_note', step, text: reader.secret(step ?? '', 'note', body.text) }
  },
})
