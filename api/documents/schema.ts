import { z } from '@hono/zod-openapi'
import { answer, InstantText } from '../openapi/answers.ts'

export const DocumentAnswer = answer({
  id: z.string().openapi({ example: 'doc-7qk3m2' }),
  state: z.enum(['uploading', 'ready']).openapi('DocumentState'),
  bytes: z.number().int(),
  received_bytes: z.number().int(),
  chunk_bytes: z.number().int(),
  media_type: z.string(),
  sha256: z.string().optional(),
  place_and_device_removed: z.boolean().optional(),
  kept_until: InstantText.optional(),
  href: z.string(),
  text: z.string().optional(),
}).openapi('Document')
export type DocumentBody = z.infer<typeof DocumentAnswer>
