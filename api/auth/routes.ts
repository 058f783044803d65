/** Sign in and out, and the tokens that the caller has. */

import { createHmac, randomBytes } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import { addToken, revokeToken, tokensOf, userBySecret } from '../../database/queries/staff.ts'
import { takeTry } from '../../database/queries/tries.ts'
import type { ApiApp, Deps } from '../context/deps.ts'
import { secured } from '../openapi/parameters.ts'
import { problem } from '../problems/problem.ts'
import { problems } from '../openapi/problem.ts'
import { sessionOf } from './session-of.ts'
import { answer, InstantText } from '../openapi/answers.ts'

const SignIn = z
  .strictObject({
    user: z.string().min(1).max(100).openapi({ example: 'fatoumata.coulibaly' }),
    secret: z.string().min(1).max(200),
    device: z.string().max(100).optional().openapi({ example: 'Tecno Spark, Kayes' }),
  })
  .openapi('SignIn')
const TokenAnswer = answer({ token: z.string(), token_id: z.string(), expires: InstantText, me: z.string() }).openapi(
  'Token',
)
const TokenList = answer({
  items: z.array(
    answer({
      id: z.string(),
      device: z.string().nullable(),
      created: InstantText,
      expires: InstantText,
      this_one: z.boolean(),
    }).openapi('ListedToken'),
  ),
}).openapi('TokenList')

const TOKEN_DAYS = 30
/** For one user, right or wrong: five seconds for each try after the first ten. */
const TRIES = { burst: 10, seconds: 5 }
const json = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

const signInRoute = createRoute({
  method: 'post',
  path: '/api/v1/tokens',
  operationId: 'signIn',
  tags: ['sign-in'],
  summary: 'Sign in; asking twice gives two tokens',
  request: { body: { required: true, content: { 'application/json': { schema: SignIn } } } },
  responses: { 201: json(TokenAnswer, 'Signed in'), ...problems },
})
const tokensRoute = createRoute({
  method: 'get',
  path: '/api/v1/tokens',
  operationId: 'listTokens',
  tags: ['sign-in'],
  summary: 'My tokens that are valid',
  security: secured,
  responses: { 200: json(TokenList, 'Tokens'), ...problems },
})
const signOutRoute = createRoute({
  method: 'delete',
  path: '/api/v1/tokens/{token}',
  operationId: 'signOut',
  tags: ['sign-in'],
  summary: 'Revoke one of my tokens, as for a lost phone',
  security: secured,
  request: {
    params: z.object({
      token: z
        .string()
        .max(60)
        .openapi({ param: { name: 'token', in: 'path' }, description: 'Id of the token, not the token' }),
    }),
  },
  responses: { 204: { description: 'Revoked' }, ...problems },
})
export const registerAuth = (app: ApiApp, deps: Deps): void => {
  app.openapi(signInRoute, async (c) => {
    const { user: login, secret, device } = c.req.valid('json')
    const about = createHmac('sha256', deps.idKey).update(`sign-in-tries|${login.toLowerCase()}`).digest('hex')
    const wait = await takeTry(deps.sql, about, TRIES)
    if (wait > 0) throw problem('too_many', { after: wait })
    const user = await userBySecret(deps.sql, login, secret)
    if (user === undefined) throw problem('sign_in_refused')
    const id = `tok-${randomBytes(5).toString('hex')}`
    const prefix = deps.installation.kind === 'training' ? 'sgt' : 'sgs'
    const token = `${prefix}_${randomBytes(32).toString('base64url')}`
    const expires = new Date(deps.realNow() + TOKEN_DAYS * 86_400_000)
    await addToken(deps.sql, { id, user: user.id, token, device: device ?? null, expires })
    return c.json({ token, token_id: id, expires: expires.toISOString(), me: '/api/v1/me' }, 201, {
      'Cache-Control': 'no-store',
    })
  })
  app.openapi(tokensRoute, async (c) => {
    const session = sessionOf(c)
    const live = (await tokensOf(deps.sql, session.user)).filter(
      (one) => one.revoked === null && one.expires.getTime() > deps.realNow(),
    )
    const items = live.map(({ id, device, created, expires }) => ({
      id,
      device,
      created: created.toISOString(),
      expires: expires.toISOString(),
      this_one: id === session.token,
    }))
    return c.json({ items }, 200)
  })
  app.openapi(signOutRoute, async (c) => {
    if (!(await revokeToken(deps.sql, sessionOf(c).user, c.req.valid('param').token))) throw problem('not_found')
    return c.body(null, 204)
  })
}
