import { holdsRole, SUPERVISORS } from '../../../cases/who-may.ts'
import type { Session } from '../../context/session.ts'
import type { Deps, Language, Present } from '../../context/deps.ts'
import { problem } from '../../problems/problem.ts'

export const supervisesAt = ({ principal }: Session, { settings }: Present, place: string): boolean =>
  SUPERVISORS.some((role) => holdsRole(principal, role, place, settings.places))

/** Whoever supervises every place where these people work; throws `role_required`. */
export const mayAskFor = (
  deps: Deps,
  present: Present,
  session: Session,
  places: string[],
  language: Language,
): void => {
  const outside = places.filter((place) => !supervisesAt(session, present, place))
  if (places.length > 0 && outside.length === 0) return
  const { roles, places: titles } = deps.country
  const who = SUPERVISORS.flatMap((role) =>
    outside.map((place) => ({
      role: { id: role, label: roles[role]?.title[language] ?? role },
      place: { id: place, label: titles[place]?.title[language] ?? place },
    })),
  )
  throw problem('role_required', { more: { who } })
}
