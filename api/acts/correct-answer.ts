import { z } from '@hono/zod-openapi'
import { AnswersBody, FreeText, StepId, common } from '../openapi/bodies.ts'
import { defineAct, stepBody } from './act.ts'

export const correctAnswer = defineAct({
  name: 'correct_answer',
  operationId: 'correctAnswer',
  summary: {
    fr: 'Corriger les réponses d’une étape terminée ; rien n’est défait, qui est concerné est averti',
    en: 'Correct answers of a step that has ended; nothing is undone, everybody concerned is told',
  },
  body: z.strictObject({ step: StepId, answers: AnswersBody, reason: FreeText, ...common }).openapi('CorrectAnswer'),
  label: { fr: 'Corriger ce qui a été saisi', en: 'Correct what was entered' },
  said: {
    fr: (told) => `Réponse corrigée — ${told.step ?? ''}.`,
    en: (told) => `Answer corrected — ${told.step ?? ''}.`,
  },
  onArrivals: true,
  on: {
    'ended item': {
      points: ({ work }) => ({ step: work.item }),
      /** There is nothing to correct where nothing was asked. */
      unless: ({ work }) => work.rule.form.length === 0,
      body: stepBody,
      fill: () => ['answers', 'reason'],
    },
  },
  make: (body, reader) => {
    const step = reader.item(body.step)
    const { answers, personal } = reader.filled(step, { answers: body.answers, absent: {}, evidence: {} })
    return { act: 'correct_answer', step, answers, personal, reason: reader.secret(step, 'reason', body.reason) }
  },
})
