import { z } from '@hono/zod-openapi'
import { common } from '../openapi/bodies.ts'
import { defineAct } from './act.ts'

export const resume = defineAct({
  name: 'resume',
  operationId: 'resume',
  summary: { fr: 'Reprendre un dossier suspendu', en: 'Resume a suspended case' },
  body: z.strictObject({ ...common }).openapi('Resume'),
  label: { fr: 'Reprendre le dossier', en: 'Resume the case' },
  said: { fr: () => 'Dossier repris.', en: () => 'Case resumed.' },
  onArrivals: false,
  on: { case: { points: () => ({}), body: () => ({}), fill: () => [] } },
  make: () => ({ act: 'resume' }),
})
