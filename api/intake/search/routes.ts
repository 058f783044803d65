/** Finding a person again. A body, since a name or a telephone in an address ends in every log on its way. */

import { createRoute } from '@hono/zod-openapi'
import { marksFor, type Told } from '../../../cases/same-person/marks.ts'
import { sessionOf } from '../../auth/session-of.ts'
import type { ApiApp, Deps } from '../../context/deps.ts'
import { secured } from '../../openapi/parameters.ts'
import { problem } from '../../problems/problem.ts'
import { problems } from '../../openapi/problem.ts'
import { searchPerson } from './perhaps-same.ts'
import { PerhapsSame, SearchPerson } from './schema.ts'

const searchRoute = createRoute({
  method: 'post',
  path: '/api/v1/cases/search',
  operationId: 'searchPerson',
  tags: ['cases'],
  summary: 'Find a person again by name, birth or telephone, however they are written; records nothing',
  security: secured,
  request: { body: { required: true, content: { 'application/json': { schema: SearchPerson } } } },
  responses: {
    200: { description: 'Who is perhaps the same', content: { 'application/json': { schema: PerhapsSame } } },
    ...problems,
  },
})

const tooLittle = () =>
  problem('answers_invalid', {
    errors: [
      {
        pointer: '/name',
        code: 'required',
        message: {
          fr: 'Donnez deux noms, ou un nom avec une date de naissance complète ou un téléphone.',
          en: 'Give two names, or one name with a full date of birth or a telephone.',
        },
      },
    ],
  })

export const registerSearch = (app: ApiApp, deps: Deps): void => {
  app.openapi(searchRoute, async (c) => {
    const session = sessionOf(c)
    const given = Object.entries(c.req.valid('json')).filter(([, value]) => typeof value === 'string')
    const told: Told = Object.fromEntries(given)
    if (marksFor(told).length === 0) throw tooLittle()
    return c.json(await searchPerson(deps, { session, language: c.var.language }, told), 200)
  })
}
