import { z } from '@hono/zod-openapi'
import { AnswersBody, FreeText, common } from '../openapi/bodies.ts'
import { defineAct } from './act.ts'

export const correctOpening = defineAct({
  name: 'correct_opening',
  operationId: 'correctOpening',
  summary: {
    fr: 'Corriger ce qui a été dit à l’ouverture : nom, naissance, téléphone, jour d’arrivée',
    en: 'Correct what was told at the opening: name, birth, telephone, day of arrival',
  },
  body: z.strictObject({ answers: AnswersBody, reason: FreeText, ...common }).openapi('CorrectOpening'),
  label: { fr: 'Corriger les renseignements de départ', en: 'Correct what was told at the opening' },
  said: {
    fr: () => 'Renseignements de départ corrigés.',
    en: () => 'What was told at the opening is corrected.',
  },
  onArrivals: false,
  on: { case: { points: () => ({}), body: () => ({}), fill: () => ['answers', 'reason'] } },
  make: (body, reader) => {
    const { answers, personal } = reader.opening({ answers: body.answers, absent: {} })
    return { act: 'correct_opening', answers, personal, reason: reader.secret('', 'reason', body.reason) }
  },
})
