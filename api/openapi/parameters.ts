/** Parameters that many routes share, as named components. */

import { z } from '@hono/zod-openapi'

export const CaseParam = z.object({
  case: z
    .string()
    .max(40)
    .openapi({ param: { name: 'case', in: 'path' }, example: '26-3416-724', description: 'Number of the case' }),
})
const UUID = /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/
/** Optional for the check, since a preview takes none; every client is told to send one. */
export const KeyHeader = z.object({
  // A pattern, not `format: uuid`: generated Python clients cannot send what the format makes of it.
  'Idempotency-Key': z
    .string()
    .regex(UUID)
    .optional()
    .openapi({
      param: { name: 'Idempotency-Key', in: 'header', required: true },
      description: 'A UUID made by the client, kept until an answer is final. Not needed with preview=true.',
      example: '0d9c6a1e-58c4-4b6e-9d0e-1c3b2f7a9e10',
    }),
  Prefer: z
    .string()
    .max(100)
    .optional()
    .openapi({
      param: { name: 'Prefer', in: 'header' },
      description: 'respond-async, return=minimal',
    }),
})
export const PreferHeader = z.object({
  Prefer: z
    .string()
    .max(100)
    .optional()
    .openapi({ param: { name: 'Prefer', in: 'header' }, description: 'wait=25: hold the answer until it is final' }),
})
export const PreviewQuery = z.strictObject({
  preview: z
    .enum(['true', 'false'])
    .optional()
    .openapi({ param: { name: 'preview', in: 'query' }, description: 'Says what would follow; records nothing' }),
})
/** `secured` belongs to every route that needs a token. */
export const secured = [{ token: [] }]

/** What a client asks for in `Prefer` (RFC 7240). */
export interface Preference {
  async: boolean
  minimal: boolean
  /** Seconds to hold the answer, at most 25. */
  wait: number
}

export const preferenceOf = (header: string | undefined): Preference => {
  const parts = (header ?? '').split(',').map((part) => part.trim().toLowerCase())
  const wait = parts.map((part) => /^wait=(\d{1,3})$/.exec(part)?.[1]).find((found) => found !== undefined)
  return {
    async: parts.includes('respond-async'),
    minimal: parts.includes('return=minimal'),
    wait: Math.min(25, Number(wait ?? 0)),
  }
}
