/** The shape of every problem, for the OpenAPI document. Answers are open: more members may come. */

import { z } from '@hono/zod-openapi'
import { PROBLEMS } from '../problems/catalogue.ts'

export const FieldProblem = z
  .looseObject({
    pointer: z.string().openapi({ description: 'JSON pointer into the request', example: '/answers/means' }),
    code: z.string(),
    message: z.string(),
    because: z
      .string()
      .optional()
      .openapi({ description: 'The answer, fact or rule behind the error', example: 'résultat : personne jointe' }),
    expected: z.array(z.string()).optional(),
  })
  .openapi('FieldProblem')

export const ProblemSchema = z
  .looseObject({
    type: z.string(),
    code: z.enum(Object.keys(PROBLEMS) as [keyof typeof PROBLEMS, ...(keyof typeof PROBLEMS)[]]).openapi('ProblemCode'),
    status: z.number().int(),
    title: z.string(),
    detail: z.string().optional(),
    errors: z.array(FieldProblem).optional(),
    kept_as_draft: z.boolean().optional(),
    retry: z.looseObject({ same_key: z.boolean(), after_seconds: z.number().optional() }).openapi('Retry'),
    request: z.string(),
  })
  .openapi('Problem')

/** Spread into `responses` of every route: `{ 200: …, ...problems }`. */
export const problems = {
  default: {
    description: 'A problem (RFC 9457); its page is at `type`',
    content: { 'application/problem+json': { schema: ProblemSchema } },
  },
} as const
