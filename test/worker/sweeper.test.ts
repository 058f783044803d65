import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { addPiece, findDocument, holdDocuments, insertDocument } from '../../database/queries/documents.ts'
import { startSweeper } from '../../worker/sweeper.ts'
import { nobody } from '../temporal.ts'
import { newWriter } from '../database/writer.ts'
import { freshDatabase, type TestDatabase } from '../postgres.ts'
import { PATIENCE_MS } from '../patience.ts'

const DAY_MS = 86_400_000
let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase(inject('postgres'))
})
afterAll(() => db.drop())

describe('the sweeper', () => {
  it('removes what was sent and not used in time, with its pieces, and nothing that an act holds', async () => {
    const { caseId } = await newWriter(db)
    const sent = async (id: string, days: number) => {
      const keptUntil = new Date(Date.now() + days * DAY_MS)
      await insertDocument(db.sql, { id, caseId, byUser: 'usr-1', mediaType: 'image/png', bytes: 2, keptUntil })
      await addPiece(db.sql, db.ring, (await findDocument(db.sql, id))!, 0, Buffer.from('ab'))
    }
    await sent('doc-forgotten', -1)
    await sent('doc-recent', 1)
    await sent('doc-held', -1)
    await holdDocuments(db.sql, ['doc-held'], 'act-1')
    const stop = startSweeper({ sql: db.sql, temporal: nobody() }, pino({ level: 'silent' }))
    await vi.waitFor(async () => expect(await findDocument(db.sql, 'doc-forgotten')).toBeUndefined(), PATIENCE_MS)
    stop()
    expect(await findDocument(db.sql, 'doc-recent')).toBeDefined()
    expect(await findDocument(db.sql, 'doc-held')).toBeDefined()
    const pieces = await db.sql`select document_id from document_pieces order by document_id`
    expect(pieces.map((one) => one['documentId'])).toEqual(['doc-held', 'doc-recent'])
  })
})
