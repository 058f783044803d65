/** The OpenAPI documents, 3.1 and 3.0.3, assembled from every registered route. */

import type { ApiApp } from '../context/deps.ts'
import { withExamples } from './examples.ts'

const INFO = {
  title: 'Segin',
  version: '1',
  description:
    'Procedures of reintegration as durable processes: every step has an owner and a clock. ' +
    'Requests are strict, answers are open: expect members that are not listed here.',
}
const TAGS = [
  { name: 'sign-in', description: 'Tokens, and who I am' },
  { name: 'work', description: 'What is to be done' },
  { name: 'cases', description: 'Cases as they stand' },
  { name: 'actions', description: 'Everything that changes a case' },
  { name: 'people', description: 'Colleagues and what they carry' },
  { name: 'arrivals', description: 'Flights and convoys' },
  { name: 'documents', description: 'Evidence, sent in small pieces' },
  { name: 'feed', description: 'What happens, for other systems' },
  { name: 'reference', description: 'Places, roles, partners, lists, procedures' },
  { name: 'installation', description: 'Calendar, training, health' },
]
const SERVERS = [{ url: '/' }]

export const registerSecurity = (app: ApiApp): void => {
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'sgt_… on a training installation, sgs_… in service',
  })
}

/** Sorted, so that the committed copy does not change when modules are registered in another order. */
const sorted = <D extends { paths?: object }>(document: D): D => ({
  ...document,
  paths: Object.fromEntries(Object.entries(document.paths ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))),
})

export const openApi31 = (app: ApiApp) =>
  sorted(
    withExamples(
      app.getOpenAPI31Document(
        { openapi: '3.1.0', info: INFO, tags: TAGS, servers: SERVERS },
        { sortComponents: 'alphabetically' },
      ),
    ),
  )

export const openApi30 = (app: ApiApp) =>
  sorted(
    withExamples(
      app.getOpenAPIDocument(
        { openapi: '3.0.3', info: INFO, tags: TAGS, servers: SERVERS },
        { sortComponents: 'alphabetically' },
      ),
    ),
  )
