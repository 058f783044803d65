/** Everything that a grant is refused for before it is kept. */

import type { z } from '@hono/zod-openapi'
import { dayOf } from '../../cases/clocks/civil.ts'
import { isRestricted, signersOf } from '../../cases/who-signs.ts'
import { successorsOf } from '../../database/queries/successors.ts'
import type { Caller } from '../context/deps.ts'
import { problem, type ShownError, type Text } from '../problems/problem.ts'
import { ADMINISTRATOR, administers, type Standing } from './may-sign.ts'
import type { GrantBody } from './schema.ts'

const WORDS = {
  person: { fr: 'Cette personne n’est pas en service.', en: 'This person is not in service.' },
  oneself: { fr: 'On ne s’attribue pas une fonction à soi-même.', en: 'Nobody gives a role to themselves.' },
  role: { fr: 'Cette fonction n’existe pas.', en: 'There is no such role.' },
  place: { fr: 'Ce lieu n’existe pas.', en: 'There is no such place.' },
  past: { fr: 'Ce jour est passé.', en: 'This day has passed.' },
  nobody: {
    fr: 'Personne n’exerce cette fonction à ce lieu ou au-dessus, ni une fonction voisine : nul ne peut signer. La première personne est désignée par l’exploitant (segin install --staff).',
    en: 'Nobody holds this role at this place or above, or one beside it: nobody could sign. The first person is named by the operator (segin install --staff).',
  },
} as const
const wrong = (pointer: string, code: string, message: Text): ShownError => ({ pointer, code, message })

/** Throws `role_required` for whoever gives no roles there. */
export const mustAdminister = (
  { deps, session, language }: Caller,
  place: string,
  { places }: Pick<Standing, 'places'>,
): void => {
  if (administers(session, Object.hasOwn(places, place) ? place : null, places)) return
  const { roles, places: titles } = deps.country
  throw problem('role_required', {
    more: {
      who: [
        {
          role: { id: ADMINISTRATOR, label: roles[ADMINISTRATOR]?.title[language] ?? ADMINISTRATOR },
          place: { id: place, label: titles[place]?.title[language] ?? place },
        },
      ],
    },
  })
}

/** Throws a problem; answers whether a signature is needed. */
export const needsSignature = async (
  { deps, session, present }: Caller,
  body: z.infer<typeof GrantBody>,
  { circles, held, places }: Standing,
): Promise<boolean> => {
  const { roles } = deps.country
  const known = Object.hasOwn(places, body.place)
  const today = dayOf(present.now)
  const [person] = await successorsOf(deps.sql, [body.user], today)
  const restricted = isRestricted(body.role, circles)
  const errors = [
    ...(person?.active ? [] : [wrong('/user', 'not_an_option', WORDS.person)]),
    ...(body.user === session.user ? [wrong('/user', 'to_oneself', WORDS.oneself)] : []),
    ...(known ? [] : [wrong('/place', 'unknown_place', WORDS.place)]),
    ...(Object.hasOwn(roles, body.role) ? [] : [wrong('/role', 'not_an_option', WORDS.role)]),
    ...(body.until !== undefined && body.until < today ? [wrong('/until', 'dates', WORDS.past)] : []),
  ]
  const wanted = { user: body.user, role: body.role, place: body.place, by: session.user }
  if (errors.length === 0 && restricted && signersOf(wanted, held, circles, places).length === 0)
    errors.push(wrong('/role', 'nobody_signs', WORDS.nobody))
  if (errors.length > 0) throw problem('answers_invalid', { errors })
  return restricted
}
