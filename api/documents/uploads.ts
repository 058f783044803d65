/** What happens to a document between its first byte and its use as evidence. */

import { createHash, randomBytes } from 'node:crypto'
import type { CaseState } from '../../cases/state.ts'
import {
  addPiece,
  deleteDocument,
  type DocumentRow,
  findDocument,
  finishDocument,
  insertDocument,
  openDocument,
  readDocument,
} from '../../database/queries/documents.ts'
import { caseById } from '../../database/queries/one-case.ts'
import { type LoadedCase, loadCase } from '../case/load-case.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiContext, Deps } from '../context/deps.ts'
import { problem } from '../problems/problem.ts'
import { readingOf } from '../case/reading.ts'
import type { DocumentBody } from './schema.ts'
import { ACCEPTED_TYPES, type MediaType, strip } from './strip.ts'

export const CHUNK_BYTES = 32_768
export const MAX_BYTES = 5_242_880
const KEPT_DAYS = 14
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'

const isAccepted = (type: string): type is MediaType => (ACCEPTED_TYPES as readonly string[]).includes(type)
const newId = (): string => `doc-${[...randomBytes(12)].map((byte) => LETTERS[byte % 32]).join('')}`

const shown = (row: DocumentRow): DocumentBody => ({
  id: row.id,
  state: row.sha256 === null ? 'uploading' : 'ready',
  bytes: row.bytes,
  received_bytes: row.received,
  chunk_bytes: CHUNK_BYTES,
  media_type: row.mediaType,
  href: `/api/v1/documents/${row.id}`,
  ...(row.sha256 === null ? {} : { sha256: row.sha256, place_and_device_removed: row.mediaType !== 'application/pdf' }),
  ...(row.held ? {} : { kept_until: row.keptUntil.toISOString() }),
})

/** All has arrived: metadata goes, the digest is taken. Bytes that are not what they say are thrown away. */
const finish = async (deps: Deps, row: DocumentRow): Promise<DocumentBody> => {
  const type = row.mediaType
  const found = isAccepted(type) ? strip(type, await openDocument(deps.sql, deps.ring, row)) : null
  if (found === null) {
    await deleteDocument(deps.sql, row.id)
    throw problem('media_type', { more: { accepts: ACCEPTED_TYPES } })
  }
  const sha256 = createHash('sha256').update(found.bytes).digest('hex')
  await finishDocument(deps.sql, deps.ring, row, { bytes: found.bytes, sha256 })
  return shown({ ...row, bytes: found.bytes.length, received: found.bytes.length, sha256 })
}

/** Throws `upload_offset`, with where to go on, when the piece does not begin where the last one ended. */
export const append = async (deps: Deps, row: DocumentRow, at: number, piece: Buffer): Promise<DocumentBody> => {
  if (row.sha256 !== null) return shown(row)
  if (at + piece.length > row.bytes) throw problem('too_large', { more: { max_bytes: row.bytes } })
  const received = await addPiece(deps.sql, deps.ring, row, at, piece)
  if (received !== at + piece.length)
    throw problem('upload_offset', { headers: { 'Upload-Offset': String(received) }, more: { offset: received } })
  return received === row.bytes ? finish(deps, { ...row, received }) : shown({ ...row, received })
}

export const start = async (
  deps: Deps,
  loaded: LoadedCase,
  asked: { type: string | undefined; length: string | undefined },
  first: Buffer,
): Promise<DocumentBody> => {
  const mediaType = (asked.type ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (!isAccepted(mediaType)) throw problem('media_type', { more: { accepts: ACCEPTED_TYPES } })
  const bytes = Number(asked.length ?? 0)
  if (bytes > MAX_BYTES) throw problem('too_large', { more: { max_bytes: MAX_BYTES } })
  if (bytes < 1)
    throw problem('unreadable', {
      detail: {
        fr: 'Dites la taille du document en octets dans l’en-tête Upload-Length.',
        en: 'Give the size of the document in bytes in the header Upload-Length.',
      },
    })
  const keptUntil = new Date(deps.realNow() + KEPT_DAYS * 86_400_000)
  const row = { id: newId(), caseId: loaded.caseId, byUser: loaded.session.user, mediaType, bytes, keptUntil }
  await insertDocument(deps.sql, row)
  const text = {
    fr: `Gardé ${KEPT_DAYS} jours s'il n'est joint à rien`,
    en: `Kept ${KEPT_DAYS} days unless it is used`,
  }
  const found = await append(deps, { ...row, received: 0, sha256: null, held: false }, 0, first)
  return { ...found, text: text[loaded.language] }
}

/** A document whose case the viewer knows: of its sender until an act holds it, then of those who read that act. */
export const readable = async (deps: Deps, c: ApiContext, id: string): Promise<[DocumentRow, LoadedCase]> => {
  const row = await findDocument(deps.sql, id)
  const ref = row && (await caseById(deps.sql, row.caseId))
  if (row === undefined || ref === undefined) throw problem('not_found')
  const session = sessionOf(c)
  const loaded = await loadCase(deps, session, c.var.language, ref.number)
  const unused = runOf(loaded.state, id) === null
  if (unused ? row.byUser !== session.user : runOf(loaded.seen, id) === null) throw problem('not_found')
  return [row, loaded]
}

/** The run that has it as evidence of a step; null when no run of this state has. */
const runOf = ({ runs }: CaseState, id: string): string | null =>
  Object.keys(runs).find((run) =>
    Object.values(runs[run]?.steps ?? {}).some((step) =>
      Object.values(step.evidence ?? {}).some((items) =>
        items.some((item) => 'document' in item && item.document === id),
      ),
    ),
  ) ?? null

/** A document that this user is sending. */
export const mine = async (deps: Deps, c: ApiContext, id: string): Promise<DocumentRow> => {
  const row = await findDocument(deps.sql, id)
  if (row === undefined || row.byUser !== sessionOf(c).user) throw problem('not_found')
  return row
}

export const bytesOf = (deps: Deps, loaded: LoadedCase, row: DocumentRow): Promise<Buffer> => {
  if (row.sha256 === null) throw problem('not_found')
  const reading = readingOf(deps, loaded, 'readDocument', runOf(loaded.state, row.id))
  return readDocument(deps.sql, deps.ring, row, reading)
}

/** What an act holds stays. */
export const drop = async (deps: Deps, row: DocumentRow): Promise<void> => {
  if (!(await deleteDocument(deps.sql, row.id))) throw problem('not_found')
}
