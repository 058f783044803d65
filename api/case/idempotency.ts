/** Ids that follow from who asks and the Idempotency-Key, so that a repeat is the same act and the raw key is nowhere. */

import { createHmac, randomUUID } from 'node:crypto'
import { canonicalJson } from '../../cases/canonical.ts'
import { problem } from '../problems/problem.ts'

const keyed = (idKey: Buffer, parts: readonly string[]): string =>
  createHmac('sha256', idKey).update(parts.join('|')).digest('hex')

/** Also the id of the Temporal update: 32 hex characters. */
export const actionId = (idKey: Buffer, user: string, act: string, caseId: string, key: string): string =>
  keyed(idKey, ['action', user, act, caseId, key.toLowerCase()]).slice(0, 32)

/** The digest of a whole request; `sent_at` may differ between two sendings of the same act. */
export const contentDigest = (idKey: Buffer, act: string, body: Record<string, unknown>): string => {
  const { sent_at: _sentAt, ...content } = body
  return keyed(idKey, ['content', act, canonicalJson(content)])
}

const asUuid = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`

/** The opaque id of a case that an opening or a row of an arrival leads to. */
export const derivedCaseId = (idKey: Buffer, ...from: string[]): string => asUuid(keyed(idKey, ['case', ...from]))

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
