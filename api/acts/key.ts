import { randomUUID } from 'node:crypto'
import { problem } from '../problems/problem.ts'

/** The Idempotency-Key of a write; without one the answer hands out one that works. */
export const keyOf = (key: string | null): string => {
  if (key !== null) return key.toLowerCase()
  throw problem('key_missing', {
    detail: {
      fr: 'Envoyez l’en-tête Idempotency-Key avec un UUID ; en voici un.',
      en: 'Send the header Idempotency-Key with a UUID; here is one.',
    },
    more: { use: randomUUID() },
  })
}
