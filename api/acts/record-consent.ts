import { z } from '@hono/zod-openapi'
import { CivilDateText, common } from '../openapi/bodies.ts'
import { defineAct } from './act.ts'

export const recordConsent = defineAct({
  name: 'record_consent',
  operationId: 'recordConsent',
  summary: {
    fr: 'Noter que la personne a donné ou refusé son accord pour un but',
    en: 'Record that the person gave or refused consent for a purpose',
  },
  body: z
    .strictObject({
      purpose: z.string().max(60),
      state: z.enum(['given', 'refused', 'override']),
      form: z.enum(['written', 'recorded', 'oral', 'proxy']),
      language: z.string().max(40),
      until: CivilDateText.optional(),
      ...common,
    })
    .openapi('RecordConsent'),
  label: { fr: 'Noter un consentement', en: 'Record a consent' },
  said: { fr: () => 'Consentement noté.', en: () => 'Consent recorded.' },
  onArrivals: false,
  on: { case: { points: () => ({}), body: () => ({}), fill: () => ['purpose', 'state', 'form', 'language'] } },
  make: ({ purpose, state, form, language, until }) => ({
    act: 'record_consent',
    consent: { purpose, state, form, language, until: until ?? null },
  }),
})
