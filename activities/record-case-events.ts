import type { RecordAnswer, RecordBatch } from '../cases/batch.ts'
import { recordBatch } from '../database/ledger.ts'
import type { Tools } from './tools.ts'

/** Ledger, overview, outbox and receipts in one transaction; a retry of a kept batch answers `recorded` again. */
export const recordCaseEvents =
  ({ sql, ring }: Tools) =>
  (batch: RecordBatch): Promise<RecordAnswer> =>
    recordBatch(sql, ring, batch)
