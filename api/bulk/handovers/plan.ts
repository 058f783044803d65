/** Who gives, who takes, and who may ask for it: everything a handover is refused for is found before it begins. */

import type { z } from '@hono/zod-openapi'
import { addDays, dayOf } from '../../../cases/clocks/civil.ts'
import { type Given, type Need, shareOut } from '../../../cases/share-out.ts'
import { portionsOf } from '../../../database/queries/handovers.ts'
import { type Colleague, peopleAt, successorsOf } from '../../../database/queries/successors.ts'
import type { Session } from '../../context/session.ts'
import type { Deps, Language, Present } from '../../context/deps.ts'
import { type Problem, problem, type ShownError, type Text } from '../../problems/problem.ts'
import { mayAskFor } from './may-ask.ts'
import type { HandoverBody } from './schema.ts'

export interface Planned {
  people: string[]
  successors: string[]
  places: string[]
  starts: string
  until: string | null
  given: Given[]
}
type Body = z.infer<typeof HandoverBody>

const WORDS = {
  one_of: { fr: 'Indiquez une personne ou un lieu, pas les deux.', en: 'Name a person or a place, not both.' },
  unknown_person: { fr: 'Cette personne n’est pas en service.', en: 'This person is not in service.' },
  unknown_place: { fr: 'Personne ne travaille en ce lieu.', en: 'Nobody works at this place.' },
  to_oneself: { fr: 'On ne transmet pas son travail à soi-même.', en: 'Nobody hands work over to themselves.' },
  away: { fr: 'Cette personne est absente à ces dates.', en: 'This person is away on these days.' },
  dates: { fr: 'Ces dates ne vont pas avec ce motif.', en: 'These dates do not go with this reason.' },
} as const
const wrong = (pointer: string, code: string, message: Text): ShownError => ({ pointer, code, message })
const invalid = (errors: ShownError[]): Problem => problem('answers_invalid', { errors })

/** Throws a problem for what is refused. */
export const planned = async (
  deps: Deps,
  present: Present,
  session: Session,
  body: Body,
  language: Language,
): Promise<Planned> => {
  const today = dayOf(present.now)
  const starts = body.starts ?? today
  const until = body.until ?? null
  const people = await peopleOf(deps, body, today)
  const leaving = await successorsOf(deps.sql, people, today)
  const places =
    body.place === undefined
      ? [...new Set(leaving.flatMap(({ holds }) => holds.map(({ place }) => place)))]
      : [body.place]
  mayAskFor(deps, present, session, places, language)
  const named = [...new Set(typeof body.to === 'string' ? [body.to] : body.to)]
  const successors = await successorsOf(deps.sql, named, starts)
  const last = until ?? starts
  const errors = [
    ...leaving.flatMap((one) => (!one.active ? [wrong('/from', 'not_an_option', WORDS.unknown_person)] : [])),
    ...(until === null
      ? []
      : leaving.filter((one) => isAway(one, starts, last)).map(() => wrong('/from', 'away', WORDS.away))),
    ...datesErrors(body, starts, today),
    ...named.flatMap((id) => toErrors(id, people, successors, starts, last)),
  ]
  if (errors.length > 0) throw invalid(errors)
  const portions = await portionsOf(deps.sql, people)
  const shares = shareOut(portions, successors, present.settings.places, body.over_limit === true)
  switch (shares.kind) {
    case 'shared':
      return { people, successors: named, places, starts, until, given: shares.given }
    case 'role_missing':
      throw roleMissing(deps, shares.missing)
    case 'over_limit':
      throw overLimit(shares.over, shares.room, successors)
  }
}

const peopleOf = async (deps: Deps, { from, place, reason }: Body, today: string): Promise<string[]> => {
  if ((from === undefined) === (place === undefined) || (place !== undefined) !== (reason === 'office_closure'))
    throw invalid([wrong('/from', 'one_of', WORDS.one_of)])
  if (from !== undefined) {
    if ((await successorsOf(deps.sql, [from], today)).length === 0)
      throw invalid([wrong('/from', 'not_an_option', WORDS.unknown_person)])
    return [from]
  }
  const people = await peopleAt(deps.sql, [place ?? ''], today)
  if (people.length === 0) throw invalid([wrong('/place', 'unknown_place', WORDS.unknown_place)])
  return people
}

/** Leave and illness end on a day; a departure and a closure do not. */
const datesErrors = ({ reason, until }: Body, starts: string, today: string): ShownError[] => {
  const ends = reason === 'leave' || reason === 'illness'
  const early = starts < today ? [wrong('/starts', 'dates', WORDS.dates)] : []
  const right = ends ? until !== undefined && until >= starts && until <= addDays(starts, 730) : until === undefined
  return right ? early : [...early, wrong('/until', 'dates', WORDS.dates)]
}

const isAway = ({ away }: Colleague, starts: string, last: string): boolean =>
  away !== null && away.from <= last && (away.to ?? last) >= starts

const toErrors = (id: string, people: string[], all: Colleague[], starts: string, last: string): ShownError[] => {
  if (people.includes(id)) return [wrong('/to', 'to_oneself', WORDS.to_oneself)]
  const found = all.find((one) => one.user === id)
  if (!found?.active) return [wrong('/to', 'not_an_option', WORDS.unknown_person)]
  return isAway(found, starts, last) ? [wrong('/to', 'away', WORDS.away)] : []
}

const roleMissing = ({ country }: Deps, missing: Need[]): Problem => {
  const named = (id: string, titles: Record<string, { title: { fr: string; en: string } }>, language: Language) =>
    titles[id]?.title[language] ?? id
  const said = (language: Language): string => {
    const each = missing.map(({ roles, place }) => {
      const role = roles.map((one) => named(one, country.roles, language)).join(' / ')
      return `${role === '' ? '–' : role} (${place === null ? '–' : named(place, country.places, language)})`
    })
    return [...new Set(each)].join(', ')
  }
  const message: Text = (language) =>
    language === 'fr' ? `Il manque un successeur pour : ${said('fr')}.` : `No successor holds: ${said('en')}.`
  return invalid([wrong('/to', 'role_not_held', message)])
}

const overLimit = (over: number, room: { user: string; room: number }[], who: Colleague[]): Problem =>
  problem('over_caseload', {
    more: {
      over,
      room: room.map(({ user, room: left }) => ({
        id: user,
        label: who.find((one) => one.user === user)?.name ?? user,
        room: left,
      })),
    },
    detail: {
      fr: `${over} dossier(s) de trop pour ces personnes. Nommez-en d’autres, ou demandez-le avec over_limit.`,
      en: `${over} case(s) more than these people should carry. Name others too, or ask with over_limit.`,
    },
  })
