import { z } from '@hono/zod-openapi'
import { CivilDateText, FreeText, common } from '../openapi/bodies.ts'
import { defineAct } from './act.ts'

export const suspend = defineAct({
  name: 'suspend',
  operationId: 'suspend',
  summary: { fr: 'Suspendre un dossier jusqu’à une date de revue', en: 'Suspend a case until a date of review' },
  body: z.strictObject({ review_on: CivilDateText, reason: FreeText, ...common }).openapi('Suspend'),
  label: { fr: 'Suspendre le dossier', en: 'Suspend the case' },
  said: { fr: () => 'Dossier suspendu.', en: () => 'Case suspended.' },
  onArrivals: false,
  on: {
    case: {
      points: () => ({}),
      /** A suspended case is resumed; a second suspension beside the first serves nobody. */
      unless: (_at, { state, world }) =>
        Object.values(state.runs).some(
          (run) => run.status === 'open' && run.procedure.id === world.settings.suspension,
        ),
      body: () => ({}),
      fill: () => ['review_on', 'reason'],
    },
  },
  make: (body, reader) => ({
    act: 'suspend',
    reviewOn: body.review_on,
    reason: reader.secret('', 'reason', body.reason),
  }),
})
