import { dayOf } from '../../cases/clocks/civil.ts'
import { circlesOf, grantsFor, heldNow } from '../../database/queries/grants.ts'
import type { Session } from '../context/session.ts'
import type { Deps, Present } from '../context/deps.ts'
import { pairsOf, signsAs, type Standing, waits } from './may-sign.ts'

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
