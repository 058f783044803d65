/** Whoever an act makes the owner of a case or a step must be there to do it, and a case manager must have room for one more. */

import type { Act } from '../../cases/actions.ts'
import { dayOf } from '../../cases/clocks/civil.ts'
import { placeOfCase } from '../../cases/decide/assign.ts'
import { fieldValue } from '../../cases/field-value.ts'
import { upFrom } from '../../cases/places.ts'
import { type Work, workOf } from '../../cases/progress/draft.ts'
import type { FieldError, Room } from '../../cases/refusals.ts'
import { type Colleague, colleaguesWithRoom, successorsOf } from '../../database/queries/successors.ts'
import type { Deps } from '../deps.ts'
import type { Naming } from './check-cases.ts'
import type { Named } from './split.ts'

interface Owner {
  user: string
  pointer: string
  /** Of the whole case, followed at that place from then on. */
  managesAt: string | null | undefined
}

export const checkOwners = async (
  deps: Deps,
  hand: Naming,
  act: Act,
  made: { named: readonly Named[]; beyondCaseload: boolean },
): Promise<FieldError[]> => {
  const owners = ownersBy(hand, act, made.named)
  if (owners.length === 0) return []
  const today = dayOf(hand.world.now)
  const people = await successorsOf(
    deps.sql,
    owners.map((one) => one.user),
    today,
  )
  const errors = owners.map(async ({ user, pointer, managesAt }): Promise<FieldError[]> => {
    const found = people.find((one) => one.user === user)
    if (found === undefined) return []
    const until = awayUntil(found, today)
    if (until !== null) return [{ pointer, code: 'away', ...(until === '' ? {} : { until }) }]
    const full = found.cases >= found.limit && hand.state.facts['case_manager'] !== user
    if (managesAt === undefined || !full || made.beyondCaseload) return []
    return [{ pointer, code: 'over_caseload', most: found.limit, room: await roomAt(deps, hand, managesAt, today) }]
  })
  return (await Promise.all(errors)).flat()
}

/** null: here today. Empty: away until nobody knows when. */
const awayUntil = ({ away }: Colleague, today: string): string | null =>
  away !== null && away.from <= today && (away.to ?? today) >= today ? (away.to ?? '') : null

const roomAt = (deps: Deps, { world }: Naming, place: string | null, today: string): Promise<Room[]> =>
  colleaguesWithRoom(deps.sql, 'case_manager', upFrom(place, world.settings.places), today)

const ownersBy = (hand: Naming, act: Act, named: readonly Named[]): Owner[] => {
  switch (act.act) {
    case 'assign_step':
    case 'delegate':
      return [{ user: act.to, pointer: '/to', managesAt: undefined }]
    case 'change_case_manager':
      return [{ user: act.to, pointer: '/to', managesAt: placeOfCase(hand) }]
    case 'complete_step':
    case 'override_step': {
      const work = workOf(hand.state, hand.world, act.step)
      return work === null ? [] : ownersIn(hand, work, act, named)
    }
    default:
      return []
  }
}

/** Somebody named in an answer owns what its outcome gives them, or the steps of the run that go to that field. */
const ownersIn = (hand: Naming, work: Work, act: { outcome: string }, named: readonly Named[]): Owner[] => {
  const set = work.rule.outcomes[act.outcome]?.set ?? {}
  const doers = work.procedure.steps.flatMap((rule) =>
    rule.kind === 'start'
      ? []
      : rule.role.flatMap(({ then }) => then.flatMap((one) => ('field' in one ? [one.field] : []))),
  )
  return named.flatMap(({ type, id, pointer }): Owner[] => {
    const field = pointer.slice('/answers/'.length)
    if (type !== 'user') return []
    if (set['case_manager'] === `form.${field}`) {
      const at = fieldValue(set['home'] ?? '', work.run)
      return [{ user: id, pointer, managesAt: typeof at === 'string' ? at : placeOfCase(hand) }]
    }
    return doers.includes(`${work.rule.id}.${field}`) ? [{ user: id, pointer, managesAt: undefined }] : []
  })
}
