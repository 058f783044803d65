import { z } from '@hono/zod-openapi'
import { FreeText, UserId, common } from '../openapi/bodies.ts'
import { defineAct } from './act.ts'

export const changeCaseManager = defineAct({
  name: 'change_case_manager',
  operationId: 'changeCaseManager',
  summary: {
    fr: 'Donner à un autre gestionnaire le dossier et les étapes qui vont avec',
    en: 'Give the case, and every open step of its case manager, to another',
  },
  body: z
    .strictObject({
      to: UserId,
      reason: FreeText.optional(),
      over_limit: z
        .boolean()
        .optional()
        .openapi({ description: 'Go deliberately beyond the caseload of that person; asks for a reason' }),
      ...common,
    })
    .openapi('ChangeCaseManager'),
  label: { fr: 'Changer de gestionnaire de cas', en: 'Change the case manager' },
  said: { fr: () => 'Gestionnaire de cas changé.', en: () => 'Case manager changed.' },
  onArrivals: false,
  on: { case: { points: () => ({}), body: () => ({}), fill: () => ['to', 'reason'] } },
  make: (body, reader) => {
    if (body.over_limit === true) reader.beyondCaseload(body.reason)
    return {
      act: 'change_case_manager',
      to: body.to,
      reason: body.reason === undefined ? null : reader.secret('', 'reason', body.reason),
    }
  },
})
