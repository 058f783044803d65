/** Who takes which case when somebody goes away: whoever may do the work there and has most room. */

import type { Holding } from './actions.ts'
import { covers } from './places.ts'
import type { World } from './world.ts'

/** Any of these roles at this place; no role: anybody who works there. */
export interface Need {
  roles: string[]
  place: string | null
}
/** What one person has in one case; `manager`: the case itself counts for the caseload. */
export interface Portion {
  caseId: string
  from: string
  manager: boolean
  needs: Need[]
}
export interface Successor {
  user: string
  holds: Holding[]
  /** Open cases managed now, and the most there should be. */
  cases: number
  limit: number
}
export interface Given {
  caseId: string
  from: string
  to: string
}
export type Shares =
  | { kind: 'shared'; given: Given[] }
  | { kind: 'role_missing'; missing: Need[] }
  /** `over`: cases that nobody has room for. */
  | { kind: 'over_limit'; over: number; room: { user: string; room: number }[] }

export function shareOut(
  portions: Portion[],
  successors: Successor[],
  places: World['settings']['places'],
  beyondLimit: boolean,
): Shares {
  const room = new Map(successors.map((one) => [one.user, one.limit - one.cases]))
  const roomOf = ({ user }: Successor): number => room.get(user) ?? 0
  const given: Given[] = []
  let over = 0
  for (const { caseId, from, manager, needs } of portions) {
    const able = successors.filter((one) => needs.every((need) => meets(one, need, places)))
    const [first] = able.toSorted((a, b) => roomOf(b) - roomOf(a))
    if (!first) return { kind: 'role_missing', missing: unmet(needs, successors, places) }
    if (manager && roomOf(first) <= 0) over += 1
    if (manager) room.set(first.user, roomOf(first) - 1)
    given.push({ caseId, from, to: first.user })
  }
  if (over === 0 || beyondLimit) return { kind: 'shared', given }
  return { kind: 'over_limit', over, room: successors.map((one) => ({ user: one.user, room: one.limit - one.cases })) }
}

function meets({ holds }: Successor, { roles, place }: Need, places: World['settings']['places']): boolean {
  return holds.some((held) => (roles.length === 0 || roles.includes(held.role)) && covers(held.place, place, places))
}
/** What nobody here may do; when each thing has somebody but nobody all of them, all of them. */
function unmet(needs: Need[], successors: Successor[], places: World['settings']['places']): Need[] {
  const nobody = needs.filter((need) => !successors.some((one) => meets(one, need, places)))
  return nobody.length > 0 ? nobody : needs
}
