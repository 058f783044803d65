/** Evidence, sent before the act in small pieces that survive a cut line. */

import { createRoute, z } from '@hono/zod-openapi'
import { loadCase } from '../case/load-case.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, Deps } from '../context/deps.ts'
import { CaseParam, secured } from '../openapi/parameters.ts'
import { problems } from '../openapi/problem.ts'
import { DocumentAnswer } from './schema.ts'
import { ACCEPTED_TYPES } from './strip.ts'
import * as uploads from './uploads.ts'

const DocumentParam = z.object({
  document: z
    .string()
    .max(60)
    .openapi({ param: { name: 'document', in: 'path' }, example: 'doc-7qk3m2' }),
})
const Bytes = z.string().openapi({ type: 'string', format: 'binary' })
const binary = (types: readonly string[]) => Object.fromEntries(types.map((type) => [type, { schema: Bytes }]))
const wholeNumber = (name: string, required: boolean) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .optional()
    .openapi({ param: { name, in: 'header', required }, example: '218400' })

const startRoute = createRoute({
  method: 'post',
  path: '/api/v1/cases/{case}/documents',
  operationId: 'startDocument',
  tags: ['documents'],
  summary: 'Begin to send a document; any first bytes may come along',
  security: secured,
  request: {
    params: CaseParam,
    headers: z.object({ 'Upload-Length': wholeNumber('Upload-Length', true) }),
    body: { required: false, content: binary(ACCEPTED_TYPES) },
  },
  responses: {
    201: { description: 'Begun', content: { 'application/json': { schema: DocumentAnswer } } },
    ...problems,
  },
})
const pieceRoute = createRoute({
  method: 'patch',
  path: '/api/v1/documents/{document}',
  operationId: 'sendPiece',
  tags: ['documents'],
  summary: 'Send the next piece; the last one answers with the document',
  security: secured,
  request: {
    params: DocumentParam,
    headers: z.object({ 'Upload-Offset': wholeNumber('Upload-Offset', true) }),
    body: { required: true, content: binary(['application/octet-stream']) },
  },
  responses: {
    200: { description: 'Complete', content: { 'application/json': { schema: DocumentAnswer } } },
    204: { description: 'Received; `Upload-Offset` says how much' },
    ...problems,
  },
})
const bytesRoute = createRoute({
  method: 'get',
  path: '/api/v1/documents/{document}',
  operationId: 'readDocument',
  tags: ['documents'],
  summary: 'The bytes of a document; HEAD says how much has arrived',
  security: secured,
  request: { params: DocumentParam },
  responses: { 200: { description: 'The document', content: binary(ACCEPTED_TYPES) }, ...problems },
})
const dropRoute = createRoute({
  method: 'delete',
  path: '/api/v1/documents/{document}',
  operationId: 'deleteDocument',
  tags: ['documents'],
  summary: 'Forget a document that nothing holds yet',
  security: secured,
  request: { params: DocumentParam },
  responses: { 204: { description: 'Forgotten' }, ...problems },
})

export const registerDocuments = (app: ApiApp, deps: Deps): void => {
  app.openapi(startRoute, async (c) => {
    const loaded = await loadCase(deps, sessionOf(c), c.var.language, c.req.valid('param').case)
    const asked = { type: c.req.header('Content-Type'), length: c.req.valid('header')['Upload-Length'] }
    const found = await uploads.start(deps, loaded, asked, Buffer.from(await c.req.arrayBuffer()))
    const headers = { Location: found.href, 'Upload-Offset': String(found.received_bytes) }
    return c.json(found, 201, headers)
  })
  app.openapi(pieceRoute, async (c) => {
    const document = await uploads.mine(deps, c, c.req.valid('param').document)
    const offset = Number(c.req.valid('header')['Upload-Offset'] ?? -1)
    const found = await uploads.append(deps, document, offset, Buffer.from(await c.req.arrayBuffer()))
    const headers = { 'Upload-Offset': String(found.received_bytes) }
    return found.state === 'ready' ? c.json(found, 200, headers) : c.body(null, 204, headers)
  })
  app.openapi(bytesRoute, async (c) => {
    const [document, loaded] = await uploads.readable(deps, c, c.req.valid('param').document)
    const headers = {
      'Upload-Offset': String(document.received),
      'Upload-Length': String(document.bytes),
      'Content-Type': document.mediaType,
      'Content-Disposition': `inline; filename="${document.id}"`,
      'Cache-Control': 'private, no-store',
    }
    if (c.req.method === 'HEAD') return c.body(null, 200, headers)
    return c.body(new Uint8Array(await uploads.bytesOf(deps, loaded, document)), 200, headers)
  })
  app.openapi(dropRoute, async (c) => {
    await uploads.drop(deps, await uploads.mine(deps, c, c.req.valid('param').document))
    return c.body(null, 204)
  })
}
