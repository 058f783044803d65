/** What every list that comes in pages takes and says. */

import { z } from '@hono/zod-openapi'
import { orNull } from './answers.ts'

export const PageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .optional()
    .openapi({ param: { name: 'limit', in: 'query' }, description: 'Entries of a page' }),
  cursor: z
    .string()
    .max(600)
    .optional()
    .openapi({ param: { name: 'cursor', in: 'query' }, description: 'As `next` of the page before carries it' }),
}
export const AfterQuery = z
  .string()
  .max(60)
  .optional()
  .openapi({ param: { name: 'after', in: 'query' }, description: 'Only what came after this one' })
export const PageSays = {
  as_of: z.string().openapi({ description: 'The instant of the first page, in business time' }),
  next: orNull(z.string()).openapi({ description: 'The next page as a URL; null on the last' }),
}
