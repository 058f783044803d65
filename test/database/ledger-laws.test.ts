/** Whatever writers do, in whatever order, a ledger holds exactly what its one writer was told is recorded. */

import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import type { RecordAnswer, RecordBatch } from '../../cases/batch.ts'
import type { Entry } from '../../cases/events.ts'
import { firstBrokenLink, loadLedger, recordBatch } from '../../database/ledger.ts'
import { freshDatabase, type TestDatabase } from '../postgres.ts'
import { batchOf, FIRST, type Head, headOf, newWriter, noted, type Writer } from './writer.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase(inject('postgres'))
})
afterAll(() => db.drop())

const move = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('append' as const), size: fc.integer({ min: 1, max: 4 }) }) },
  fc.record({ kind: fc.constant('retry' as const), which: fc.nat() }),
  fc.record({ kind: fc.constant('fork' as const), which: fc.nat() }),
  fc.record({ kind: fc.constant('story' as const) }),
  fc.record({ kind: fc.constant('skip' as const), by: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('old' as const) }),
  fc.record({ kind: fc.constant('raise' as const) }),
)
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never

class Told {
  readonly batches: RecordBatch[] = []
  readonly entries: Entry[] = []
  head: Head = FIRST
  incarnation = 1
  private readonly writer: Writer
  constructor(writer: Writer) {
    this.writer = writer
  }

  batch(after: Head, size: number, text: string, incarnation = this.incarnation): RecordBatch {
    const list = Array.from({ length: size }, (_, index) => noted(after.seq + index + 1, 'general', text))
    return batchOf(this.writer, after, list, { incarnation })
  }
  /** What is written, and what must be answered. */
  next(one: Move): { batch: RecordBatch; answer: RecordAnswer } | null {
    const { head, batches } = this
    switch (one.kind) {
      case 'append': {
        const batch = this.batch(head, one.size, `${head.seq}`)
        return { batch, answer: { kind: 'recorded', ...headOf(batch) } }
      }
      case 'retry': {
        const batch = batches[one.which % Math.max(1, batches.length)]
        if (!batch) return null
        if (batch.incarnation < this.incarnation) return { batch, answer: { kind: 'superseded' } }
        return { batch, answer: { kind: 'recorded', ...headOf(batch) } }
      }
      case 'fork': {
        const at = batches[one.which % Math.max(1, batches.length)]?.expects
        return at ? { batch: this.batch(at, 1, 'fork'), answer: { kind: 'conflict', ...head } } : null
      }
      case 'story': {
        // As many entries as the record has, and others.
        const after = { seq: head.seq, hash: 'e'.repeat(64) }
        return { batch: this.batch(after, 1, 'story'), answer: { kind: 'conflict', ...head } }
      }
      case 'skip': {
        const after = { seq: head.seq + one.by, hash: 'c'.repeat(64) }
        return { batch: this.batch(after, 1, 'skip'), answer: { kind: 'gap', seq: head.seq } }
      }
      case 'old':
        return { batch: this.batch(head, 1, 'old', this.incarnation - 1), answer: { kind: 'superseded' } }
      case 'raise':
        return null
    }
  }
  keep(batch: RecordBatch): void {
    this.batches.push(batch)
    this.entries.push(...batch.entries.map(({ entry }) => entry))
    this.head = headOf(batch)
  }
}

it('no gap, no fork, one writer, every retry known', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 3, maxLength: 25 }), async (moves) => {
      const writer = await newWriter(db)
      const told = new Told(writer)
      for (const one of moves) {
        if (one.kind === 'raise') {
          told.incarnation += 1
          await db.sql`update cases set incarnation = ${told.incarnation} where case_id = ${writer.caseId}`
        }
        const next = told.next(one)
        if (next === null) continue
        expect(await recordBatch(db.sql, db.ring, next.batch)).toEqual(next.answer)
        if (one.kind === 'append') told.keep(next.batch)
      }
      const ledger = await loadLedger(db.sql, db.ring, writer.caseId)
      expect(ledger).toMatchObject({ head: told.head, incarnation: told.incarnation, erased: [] })
      expect(ledger?.entries).toEqual(told.entries)
      expect(await firstBrokenLink(db.sql, writer.caseId)).toBeNull()
    }),
    { seed: 20261123, numRuns: 60 },
  )
})
