/** `GET /api/v1/events`: what happens, for other systems; ids and codes only, in an order that never changes. */

import { root } from '../../cases/places.ts'
import { lastPosition, placeEvents } from '../../database/queries/feed.ts'
import { FEED_ROLE, type Session } from '../context/session.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, ApiContext, Deps, Present } from '../context/deps.ts'
import { problem } from '../problems/problem.ts'
import { none, reads } from '../openapi/read-route.ts'
import { EventFeed, FEED_KINDS, FeedQuery, isFeedKind } from './schema.ts'
import { feedPage } from './page.ts'
import { positionFrom, positionText } from './position.ts'

const PAGE = 100
const route = reads({
  path: '/api/v1/events',
  operationId: 'listEvents',
  tag: 'feed',
  summary: 'What happened at my places since a position, oldest first; for the role `integrator`',
  schema: EventFeed,
  params: none,
  query: FeedQuery,
})

export const registerFeed = (app: ApiApp, deps: Deps): void => {
  app.openapi(route, async (c) => {
    const session = sessionOf(c)
    const present = await deps.present()
    if (session.feeds.length === 0) throw notTheirs(deps, c, present)
    const { after, limit = PAGE, kinds } = c.req.valid('query')
    const placed = await placeEvents(deps.sql)
    const from = after === undefined ? 0 : await known(deps, session, after)
    const reader = { user: session.user, places: session.feeds }
    const asked = { after: from, limit, kinds: kinds === undefined ? null : kindsIn(kinds) }
    const { told, at, ended } = await feedPage(deps, present, reader, asked)
    const next = new URL(c.req.url)
    if (at > 0) next.searchParams.set('after', positionText(deps.idKey, session.user, at))
    const events = told.map((one) => ({ ...one, position: positionText(deps.idKey, session.user, one.position) }))
    return c.json({ events, next: `${next.pathname}${next.search}`, caught_up: placed && ended }, 200)
  })
}

/** A database that was restored has forgotten positions, and will give them again: such a reader begins anew. */
async function known(deps: Deps, { user }: Session, after: string): Promise<number> {
  const position = positionFrom(deps.idKey, user, after)
  if (position > (await lastPosition(deps.sql))) throw problem('cursor_expired')
  return position
}

function kindsIn(text: string): Set<string> {
  const kinds = text.split(',').map((kind) => kind.trim())
  if (kinds.every(isFeedKind)) return new Set(kinds)
  const message = { fr: 'Ce n’est pas un des choix.', en: 'This is not one of the choices.' }
  throw problem('unreadable', { errors: [{ pointer: '/kinds', code: 'invalid_value', message, expected: FEED_KINDS }] })
}

const notTheirs = ({ country }: Deps, c: ApiContext, { settings }: Present) => {
  const { language } = c.var
  const top = root(settings.places) ?? ''
  const who = {
    role: { id: FEED_ROLE, label: country.roles[FEED_ROLE]?.title[language] ?? FEED_ROLE },
    place: { id: top, label: country.places[top]?.title[language] ?? top },
  }
  return problem('role_required', { more: { who: [who] } })
}
