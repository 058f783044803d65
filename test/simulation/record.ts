/** One case in a database that is only memory: what it answers is the very rule of the real recorder. */

import type { CaseRow, OutboxRow, RecordAnswer, RecordBatch, RunRow, StepRow } from '../../cases/batch.ts'
import { FIRST_HASH } from '../../cases/chain.ts'
import type { Entry } from '../../cases/events.ts'
import { evolve, newCase } from '../../cases/evolve/index.ts'
import { answerTo } from '../../cases/recording.ts'
import type { CaseState } from '../../cases/state.ts'

export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

export class CaseRecord {
  head = { seq: 0, hash: FIRST_HASH }
  readonly entries: Entry[] = []
  readonly hashes: string[] = []
  /** The fold of the entries. */
  state: CaseState
  row: CaseRow | null = null
  readonly runs = new Map<string, RunRow>()
  readonly steps = new Map<string, StepRow>()
  readonly outbox = new Map<string, OutboxRow>()
  readonly receipts = new Map<string, { fromSeq: number; toSeq: number }>()
  stopped: string | null = null
  /** Of a batch, in bytes. */
  largest = 0
  private readonly commitmentKey: string

  constructor(caseId: string, commitmentKey: string) {
    this.state = newCase(caseId)
    this.commitmentKey = commitmentKey
  }

  record(batch: RecordBatch): RecordAnswer {
    this.largest = Math.max(this.largest, bytesOf(batch))
    const last = batch.entries.at(-1)?.entry.seq ?? 0
    const kept = this.hashes[last - 1] ?? null
    const answer = answerTo(batch, { incarnation: 1, head: this.head, kept, commitmentKey: this.commitmentKey })
    if (answer?.kind === 'gap' || answer?.kind === 'conflict') this.stopped = answer.kind
    if (answer) return answer
    for (const { entry, hash } of batch.entries) {
      this.entries.push(entry)
      this.hashes.push(hash)
      this.head = { seq: entry.seq, hash }
      this.state = evolve(this.state, entry)
    }
    for (const { action, fromSeq, toSeq } of batch.receipts)
      if (!this.receipts.has(action)) this.receipts.set(action, { fromSeq, toSeq })
    this.follow(batch)
    return { kind: 'recorded', ...this.head }
  }

  private follow({ overview, outbox }: RecordBatch): void {
    if (overview.whole) this.steps.clear()
    if (overview.case) this.row = overview.case
    for (const item of overview.goneSteps) this.steps.delete(item)
    for (const row of overview.runs) this.runs.set(row.run, row)
    for (const row of overview.steps) this.steps.set(row.item, row)
    for (const row of outbox) if (!this.outbox.has(row.key)) this.outbox.set(row.key, row)
  }
}
