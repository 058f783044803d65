/** Reads the bearer token; a few routes ask for none. A token of another kind of installation is worth nothing here. */

import { createMiddleware } from 'hono/factory'
import { sessionByToken } from '../../database/queries/session.ts'
import type { ApiEnv, Deps, Present } from '../context/deps.ts'
import { problem } from '../problems/problem.ts'
import { FEED_ROLE, type Session } from '../context/session.ts'

const OPEN = new Set([
  'GET /api/v1',
  'POST /api/v1/tokens',
  'GET /api/v1/health',
  'GET /api/v1/openapi.json',
  'GET /api/v1/openapi-3.0.json',
])

const sessionFor = async (deps: Deps, token: string): Promise<Session> => {
  const prefix = deps.installation.kind === 'training' ? 'sgt_' : 'sgs_'
  if (!token.startsWith(prefix)) throw problem('token_revoked')
  const { found, settings, now } = await sessionNow(deps, token)
  if (found === undefined || found.revoked !== null || !found.active) throw problem('token_revoked')
  if (found.expires.getTime() <= deps.realNow()) throw problem('token_expired')
  const { token: id, user, name } = found
  const holds = found.holds.filter(({ role }) => role !== FEED_ROLE)
  const feeds = found.holds.flatMap(({ role, place }) => (role === FEED_ROLE ? [place] : []))
  const principal = { kind: 'user' as const, user, holds: holds.map(({ role, place }) => ({ role, place })) }
  return { user, name, token: id, principal, feeds, holds, settings, now }
}

/** Asks with the day as last known, and again when the date has been moved or a declaration has been made since. */
const sessionNow = async (deps: Deps, token: string) => {
  const ask = async ({ now, settings }: Present) => {
    const found = await sessionByToken(deps.sql, token, new Date(now).toISOString().slice(0, 10))
    return { found, settings, now, newest: found?.settingsVersion === settings.version }
  }
  const last = deps.lastPresent()
  const asked = last && (await ask(last))
  return asked?.newest ? asked : ask(await deps.present())
}

export const requireToken = (deps: Deps) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const token = /^Bearer\s+(\S{10,200})$/i.exec(c.req.header('Authorization') ?? '')?.[1]
    if (token !== undefined) c.set('session', await sessionFor(deps, token))
    else if (!OPEN.has(`${c.req.method === 'HEAD' ? 'GET' : c.req.method} ${c.req.path}`))
      throw problem('token_missing')
    await next()
  })
