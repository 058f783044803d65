/** Whoever an act makes the owner of a case or a step must be there to do it, and a case manager must have room for one more. */

import type { Act } from '../../cases/actions.ts'
import { dayOf } from '../../cases/clocks/civil.ts'
import { fieldValue } from '../../cases/field-value.ts'
import { covers, upFrom } from '../../cases/places.ts'
import { type Work, workOf } from '../../cases/progress/draft.ts'
import type { FieldError, Room } from '../../cases/refusals.ts'
import { type Colleague, colleaguesWithRoom, successorsOf } from '../../database/queries/successors.ts'
import type { Deps } from '../context/deps.ts'
import type { Naming } from './check-cases.ts'
import type { Named } from './split-answers.ts'

const MANAGES = 'case_manager'

interface Owner {
  user: string
  pointer: string
  /** Of the whole case, followed at that place from then on; null: nobody knows where yet. */
  managesAt: string | null | undefined
}

export const checkOwners = async (
  deps: Deps,
  loaded: Naming,
  act: Act,
  made: { named: readonly Named[]; beyondCaseload: boolean },
): Promise<FieldError[]> => {
  const owners = ownersBy(loaded, act, made.named)
  if (owners.length === 0) return []
  const today = dayOf(loaded.world.now)
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
    if (managesAt === undefined) return []
    const room = () => roomAt(deps, loaded, managesAt, today)
    if (!managesCasesAt(found, managesAt, loaded)) return [{ pointer, code: 'role_not_held', room: await room() }]
    const full = found.cases >= found.limit && loaded.state.facts[MANAGES] !== user
    if (!full || made.beyondCaseload) return []
    return [{ pointer, code: 'over_caseload', most: found.limit, room: await room() }]
  })
  return (await Promise.all(errors)).flat()
}

/** null: here today. Empty: away until nobody knows when. */
const awayUntil = ({ away }: Colleague, today: string): string | null =>
  away !== null && away.from <= today && (away.to ?? today) >= today ? (away.to ?? '') : null

const managesCasesAt = ({ holds }: Colleague, place: string | null, { world }: Naming): boolean =>
  holds.some(({ role, place: at }) => role === MANAGES && covers(at, place, world.settings.places))

const roomAt = (deps: Deps, { world }: Naming, place: string | null, today: string): Promise<Room[]> => {
  const { places } = world.settings
  return colleaguesWithRoom(deps.sql, MANAGES, place === null ? Object.keys(places) : upFrom(place, places), today)
}

const followedAt = ({ state }: Naming): string | null => {
  const place = state.facts['home'] ?? state.facts['centre']
  return typeof place === 'string' ? place : null
}

const ownersBy = (loaded: Naming, act: Act, named: readonly Named[]): Owner[] => {
  switch (act.act) {
    case 'assign_step':
    case 'delegate':
      return [{ user: act.to, pointer: '/to', managesAt: undefined }]
    case 'change_case_manager':
      return [{ user: act.to, pointer: '/to', managesAt: followedAt(loaded) }]
    case 'complete_step':
    case 'override_step': {
      const work = workOf(loaded.state, loaded.world, act.step)
      return work === null ? [] : ownersIn(loaded, work, act, named)
    }
    default:
      return []
  }
}

/** Somebody named in an answer owns what its outcome gives them, or the steps of the run that go to that field. */
const ownersIn = (loaded: Naming, work: Work, act: { outcome: string }, named: readonly Named[]): Owner[] => {
  const set = work.rule.outcomes[act.outcome]?.set ?? {}
  const doers = work.procedure.steps.flatMap((rule) =>
    rule.kind === 'start'
      ? []
      : rule.role.flatMap(({ then }) => then.flatMap((one) => ('field' in one ? [one.field] : []))),
  )
  return named.flatMap(({ type, id, pointer }): Owner[] => {
    const field = pointer.slice('/answers/'.length)
    if (type !== 'user') return []
    if (set[MANAGES] === `form.${field}`) {
      const at = fieldValue(set['home'] ?? '', work.run)
      return [{ user: id, pointer, managesAt: typeof at === 'string' ? at : followedAt(loaded) }]
    }
    return doers.includes(`${work.rule.id}.${field}`) ? [{ user: id, pointer, managesAt: undefined }] : []
  })
}
