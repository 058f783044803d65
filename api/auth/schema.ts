import { z } from '@hono/zod-openapi'
import { InstantText } from '../openapi/answers.ts'

export const SignIn = z
  .strictObject({
    user: z.string().min(1).max(100).openapi({ example: 'fatoumata.coulibaly' }),
    secret: z.string().min(1).max(200),
    device: z.string().max(100).optional().openapi({ example: 'Tecno Spark, Kayes' }),
  })
  .openapi('SignIn')
export const TokenAnswer = z
  .looseObject({ token: z.string(), token_id: z.string(), expires: InstantText, me: z.string() })
  .openapi('Token')
export const TokenList = z
  .looseObject({
    items: z.array(
      z
        .looseObject({
          id: z.string(),
          device: z.string().nullable(),
          created: InstantText,
          expires: InstantText,
          this_one: z.boolean(),
        })
        .openapi('ListedToken'),
    ),
  })
  .openapi('TokenList')
