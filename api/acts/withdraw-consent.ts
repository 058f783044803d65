import { z } from '@hono/zod-openapi'
import { common } from '../openapi/bodies.ts'
import { defineAct } from './act.ts'

export const withdrawConsent = defineAct({
  name: 'withdraw_consent',
  operationId: 'withdrawConsent',
  summary: {
    fr: 'Noter que la personne a retiré un accord',
    en: 'Record that the person withdrew a consent',
  },
  body: z
    .strictObject({ consent: z.string().max(60).openapi({ example: 'cst-5h2v' }), ...common })
    .openapi('WithdrawConsent'),
  label: { fr: 'Noter le retrait d’un consentement', en: 'Record the withdrawal of a consent' },
  said: { fr: () => 'Retrait du consentement noté.', en: () => 'Withdrawal of consent recorded.' },
  onArrivals: false,
  on: {
    consent: {
      points: ({ id }) => ({ consent: id }),
      /** A refusal that is taken back is a consent that is given: it is recorded anew. */
      unless: ({ consent }) => consent.state === 'refused',
      label({ consent }, loaded) {
        const purpose = loaded.labelsOf(loaded.state).purpose(consent.purpose)
        return { fr: `Noter le retrait : ${purpose}`, en: `Record the withdrawal: ${purpose}` }
      },
      body: ({ id }) => ({ consent: id }),
      fill: () => [],
    },
  },
  make: (body) => ({ act: 'withdraw_consent', consent: body.consent }),
})
