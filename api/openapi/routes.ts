/** Serves both OpenAPI documents, each made once and answered with an ETag. */

import { createHash } from 'node:crypto'
import type { ApiApp, ApiContext } from '../context/deps.ts'
import { openApi30, openApi31 } from './document.ts'

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
