/** The OpenAPI documents, 3.1 and 3.0.3, assembled from every registered route, and their routes. */

import type { ApiApp, ApiContext } from '../context/deps.ts'
import { withExamples } from './examples.ts'
import { createHash } from 'node:crypto'

const INFO = {
  title: 'Segin',
  version: '1',
  description:
    'Procedures of reintegration as durable processes: every step has an owner and a clock. ' +
    'Requests are strict, answers are open: expect members that are not listed here. ' +
    'All that are answered today are listed, and of a member with an `enum` all values.',
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

/** A document is made once, and answered with an ETag. */
const once = (make: () => unknown): (() => { text: string; etag: string }) => {
  let made: { text: string; etag: string } | null = null
  return () => {
    if (made !== null) return made
    const text = JSON.stringify(make())
    made = { text, etag: `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 16)}"` }
    return made
  }
}
const serve = (document: () => { text: string; etag: string }) => (c: ApiContext) => {
  const { text, etag } = document()
  const headers = { ETag: etag, 'Cache-Control': 'public, max-age=300' }
  if (c.req.header('If-None-Match') === etag) return c.body(null, 304, headers)
  return c.body(text, 200, { ...headers, 'Content-Type': 'application/json; charset=utf-8' })
}

export const registerOpenApi = (app: ApiApp): void => {
  app.get('/api/v1/openapi.json', serve(once(() => openApi31(app))))
  app.get('/api/v1/openapi-3.0.json', serve(once(() => openApi30(app))))
}
