/** Who may give roles, who knows of it, and whose signature would do. */

import type { Holding } from '../../cases/actions.ts'
import { holdsRole } from '../../cases/who-may.ts'
import { besides, type Circles, type Held, signersOf } from '../../cases/who-signs.ts'
import { circlesOf, type Grant, grantsFor, heldNow } from '../../database/queries/grants.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import type { Session } from '../context/session.ts'
import { dayOf } from '../../cases/clocks/civil.ts'
import type { Deps, Present } from '../context/deps.ts'

export const ADMINISTRATOR = 'national_coordination'
type Places = Settings['places']

export const administers = ({ principal }: Session, place: string | null, places: Places): boolean =>
  holdsRole(principal, ADMINISTRATOR, place, places)

/** Restricted roles at their places, as `role@place`, of which this session would sign for somebody, or could where nobody else is left. */
export const pairsOf = ({ principal }: Session, circles: Circles, places: Places): string[] =>
  [...new Set(circles.flat())].flatMap((role) =>
    Object.keys(places)
      .filter((place) => [role, ...besides(role, circles)].some((one) => holdsRole(principal, one, place, places)))
      .map((place) => `${role}@${place}`),
  )

export interface Standing {
  circles: Circles
  /** Everybody who holds a restricted role. */
  held: Held[]
  places: Places
  now: number
}
export const waits = ({ state, expires }: Grant, now: number): boolean =>
  state === 'waiting' && expires !== null && expires.getTime() > now

/** As what this user may sign; null when not. */
export const signsAs = (grant: Grant, user: string, { circles, held, places }: Standing): string | null =>
  signersOf(grant, held, circles, places).find((one) => one.user === user)?.role ?? null

export const knowsOf = (grant: Grant, session: Session, { circles, places }: Standing): boolean =>
  grant.by === session.user ||
  (grant.user === session.user && grant.state === 'granted') ||
  administers(session, grant.place, places) ||
  pairsOf(session, circles, places).includes(`${grant.role}@${grant.place}`)

/** Whose signature would do: roles with the places where somebody has them. */
export const wouldDo = (grant: Grant, { circles, held, places }: Standing): Holding[] => {
  const found = signersOf(grant, held, circles, places)
  return found.filter(
    (one, at) => found.findIndex(({ role, place }) => role === one.role && place === one.place) === at,
  )
}

export const standingOf = async (deps: Deps, { now, settings }: Present): Promise<Standing> => {
  const circles = await circlesOf(deps.sql)
  const held = await heldNow(deps.sql, [...new Set(circles.flat())], dayOf(now))
  return { circles, held, places: settings.places, now }
}

/** How many grants wait for the signature of this user. */
export const countToSign = async (deps: Deps, session: Session): Promise<number> => {
  const standing = await standingOf(deps, session)
  const pairs = pairsOf(session, standing.circles, standing.places)
  const known = pairs.length === 0 ? [] : await grantsFor(deps.sql, { user: session.user, places: [], pairs })
  return known.filter((one) => waits(one, session.now) && signsAs(one, session.user, standing) !== null).length
}
