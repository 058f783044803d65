/** Documents in pieces, each sealed with the key of its case: what is received is kept at once, nothing twice. */

import { GENERAL, keyOf } from '../case-keys.ts'
import type { Sql } from '../connect.ts'
import { type KeyRing, open, seal, Unreadable } from '../keys.ts'
import type { Reading } from './reads.ts'

export interface DocumentRow {
  id: string
  caseId: string
  byUser: string
  mediaType: string
  bytes: number
  received: number
  /** null until all has arrived. */
  sha256: string | null
  /** An act holds it: it stays. */
  held: boolean
  keptUntil: Date
}
const bound = (id: string, at: number): string[] => ['document', id, String(at)]

const keyFor = async (sql: Sql, ring: KeyRing, caseId: string): Promise<Uint8Array> => {
  const key = await keyOf(sql, ring, caseId, GENERAL)
  if (!key) throw new Unreadable()
  return key
}

export async function insertDocument(sql: Sql, row: Omit<DocumentRow, 'received' | 'sha256' | 'held'>): Promise<void> {
  const { id, caseId, byUser, mediaType, bytes, keptUntil } = row
  await sql`insert into documents (id, case_id, by_user, media_type, bytes, kept_until)
    values (${id}, ${caseId}, ${byUser}, ${mediaType}, ${bytes}, ${keptUntil})`
}

export async function findDocument(sql: Sql, id: string): Promise<DocumentRow | undefined> {
  const [row] = await sql<DocumentRow[]>`select id, case_id, by_user, media_type, bytes, received, sha256,
      held_by is not null as held, kept_until
    from documents where id = ${id}`
  return row
}

/** Answers how much has arrived; unchanged when the piece did not begin there. */
export async function addPiece(sql: Sql, ring: KeyRing, row: DocumentRow, at: number, piece: Buffer): Promise<number> {
  const sealed = seal(await keyFor(sql, ring, row.caseId), piece.toString('base64'), bound(row.id, at))
  return sql.begin(async (tx) => {
    const [locked] = await tx<{ received: number }[]>`select received from documents where id = ${row.id} for update`
    const received = locked?.received ?? 0
    if (received !== at || piece.length === 0) return received
    await tx`insert into document_pieces (document_id, at_byte, sealed) values (${row.id}, ${at}, ${sealed})`
    await tx`update documents set received = ${at + piece.length} where id = ${row.id}`
    return at + piece.length
  })
}

/** For a person who is on record as reading it. */
export async function readDocument(sql: Sql, ring: KeyRing, row: DocumentRow, reading: Reading): Promise<Buffer> {
  const [bytes] = await Promise.all([openDocument(sql, ring, row), reading.kept])
  return bytes
}

/** What it opens is shown to nobody. */
export async function openDocument(sql: Sql, ring: KeyRing, row: DocumentRow): Promise<Buffer> {
  const key = await keyFor(sql, ring, row.caseId)
  const pieces = await sql<{ atByte: number; sealed: Buffer }[]>`select at_byte, sealed from document_pieces
    where document_id = ${row.id} order by at_byte`
  return Buffer.concat(
    pieces.map(({ atByte, sealed }) => Buffer.from(open(key, sealed, bound(row.id, atByte)), 'base64')),
  )
}

/** Puts what is to be kept in the place of what was sent. */
export async function finishDocument(
  sql: Sql,
  ring: KeyRing,
  row: DocumentRow,
  kept: { bytes: Buffer; sha256: string },
): Promise<void> {
  const sealed = seal(await keyFor(sql, ring, row.caseId), kept.bytes.toString('base64'), bound(row.id, 0))
  await sql.begin(async (tx) => {
    await tx`delete from document_pieces where document_id = ${row.id}`
    await tx`insert into document_pieces (document_id, at_byte, sealed) values (${row.id}, 0, ${sealed})`
    await tx`update documents set sha256 = ${kept.sha256}, bytes = ${kept.bytes.length}, received = ${kept.bytes.length}
      where id = ${row.id}`
  })
}

/** Which of these are complete and belong to the case. */
export async function readyDocuments(sql: Sql, caseId: string, ids: string[]): Promise<Set<string>> {
  const rows = await sql<{ id: string }[]>`select id from documents
    where case_id = ${caseId} and sha256 is not null and id = any(${ids})`
  return new Set(rows.map(({ id }) => id))
}

/** An act that is about to be sent holds them: they are not swept unless its case disowns it. */
export async function holdDocuments(sql: Sql, ids: string[], act: string): Promise<void> {
  if (ids.length > 0)
    await sql`update documents set held_by = array_append(array_remove(held_by, ${act}), ${act}), held_at = now()
      where id = any(${ids})`
}

/** False when an act holds it already. */
export async function deleteDocument(sql: Sql, id: string): Promise<boolean> {
  return (await sql`delete from documents where id = ${id} and held_by is null returning id`).length > 0
}

/** Removes what was sent and never used; answers how many. */
export async function sweepDocuments(sql: Sql, at: Date): Promise<number> {
  return (await sql`delete from documents where kept_until < ${at} and held_by is null returning id`).length
}
