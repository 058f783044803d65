/** `.nullable()` on a named schema comes out as `allOf` with a type that nothing satisfies; this one as `anyOf`. */

import { z } from '@hono/zod-openapi'

export const orNull = <S extends z.ZodType>(schema: S) => z.union([schema, z.null()])
