/** Parts that answers share. Answers are open: a client must expect members that are not listed. */

import { z } from '@hono/zod-openapi'

/** `.nullable()` on a named schema comes out as `allOf` with a type that nothing satisfies; this one as `anyOf`. */
export const orNull = <S extends z.ZodType>(schema: S) => z.union([schema, z.null()])

export const Named = z.looseObject({ id: z.string(), label: z.string() }).openapi('Named')
export const InstantText = z.iso.datetime().openapi('Instant', { example: '2026-11-23T10:12:40.000Z' })

export const Deadline = z
  .looseObject({
    clock: z.string().optional(),
    state: z.enum(['on_time', 'late', 'held', 'met', 'breached', 'none']).openapi('DeadlineState'),
    at: orNull(InstantText).optional(),
    text: z.string(),
  })
  .openapi('Deadline')
