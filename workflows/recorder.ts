/** Hands decided entries to the database, one batch at a time and in order; nobody is answered before their entry is kept. */

import { condition } from '@temporalio/workflow'
import type { OutboxRow, Overview, RecordAnswer, RecordBatch, SealedEntry } from '../cases/batch.ts'
import { chainHash, commitmentOf } from '../cases/chain.ts'
import type { Entry } from '../cases/events.ts'
import { parseItem } from '../cases/item.ts'
import { outboxOf } from '../cases/outbox.ts'
import { changesBetween, overviewOf } from '../cases/overview.ts'
import type { CaseState } from '../cases/state.ts'
import type { Settings } from '../procedures/language/settings.ts'
import type { CaseInput, KeptEntry } from './messages.ts'

/** Keeps a batch near 16 kB, and under 32; another number would change what running histories do. */
const BATCH = 24
interface Pending {
  entry: Entry
  outbox: OutboxRow[]
  /** The state right after this entry's decision. */
  state: CaseState
  timely: boolean
}

type Record = (batch: RecordBatch, timely: boolean) => Promise<RecordAnswer>

export class Recorder {
  private readonly input: CaseInput
  private readonly record: Record
  private readonly queue: Pending[] = []
  private overview: Overview | null
  /** The rows of the case may be those of a try that was lost. */
  private unsure: boolean
  head: { seq: number; hash: string }
  /** Confirmed in this run. */
  readonly kept: KeptEntry[] = []
  stopped: Exclude<RecordAnswer['kind'], 'recorded' | 'ahead'> | null = null

  constructor(input: CaseInput, record: Record) {
    this.input = input
    this.record = record
    this.head = input.head
    // Who revives a case does not rely on the rows that others left.
    this.unsure = input.state !== null && input.state.incarnation < input.incarnation
    this.overview = input.state && !this.unsure ? overviewOf(input.state, { settings: input.settings }) : null
  }

  add(state: CaseState, entries: Entry[], timely: boolean): void {
    for (const entry of entries) this.queue.push({ entry, outbox: outboxOf(state, [entry]), state, timely })
  }
  get inFlight(): number {
    return this.queue.length
  }
  /** True once the entry is in the ledger; false when recording has stopped for good. */
  async until(seq: number): Promise<boolean> {
    await condition(() => this.head.seq >= seq || this.stopped !== null)
    return this.head.seq >= seq
  }

  /** Runs until recording stops: a gap, a conflict or a newer incarnation are told, never skipped. */
  async keep(settings: () => Settings): Promise<void> {
    while (this.stopped === null) {
      await condition(() => this.queue.length > 0)
      const taken = this.queue.slice(0, BATCH)
      const after = overviewOf(taken.at(-1)?.state ?? taken[0]!.state, { settings: settings() })
      const batch = this.batchOf(taken, after)
      const answer = await this.record(
        batch,
        taken.every((one) => one.timely),
      )
      const kept = 'hash' in answer ? batch.entries.findIndex((one) => sameHead(one, answer)) + 1 : 0
      if (answer.kind === 'recorded' && kept === taken.length) {
        this.overview = after
        this.unsure = false
      } else if (answer.kind === 'ahead' && kept > 0) {
        this.overview = null
        this.unsure = true
      } else {
        this.stopped = answer.kind === 'recorded' || answer.kind === 'ahead' ? 'conflict' : answer.kind
        continue
      }
      this.head = { seq: answer.seq, hash: answer.hash }
      for (const [at, one] of this.queue.splice(0, kept).entries()) {
        const sealed = batch.entries[at]
        if (sealed) this.kept.push({ sealed, outbox: one.outbox, receipts: receiptsOf([one]) })
      }
    }
  }

  private batchOf(taken: Pending[], after: Overview): RecordBatch {
    const entries: SealedEntry[] = []
    let { hash } = this.head
    for (const { entry, state } of taken) {
      const commitment = commitmentOf(this.input.commitmentKey, entry)
      hash = chainHash(hash, entry.seq, commitment)
      entries.push({ entry, compartment: compartmentOf(state, entry), commitment, hash })
    }
    return {
      caseId: this.input.caseId,
      incarnation: this.input.incarnation,
      expects: this.head,
      entries,
      overview: { ...changesBetween(this.overview, after), whole: this.unsure },
      outbox: taken.flatMap((one) => one.outbox),
      receipts: receiptsOf(taken),
    }
  }
}

const sameHead = ({ entry, hash }: SealedEntry, head: { seq: number; hash: string }): boolean =>
  entry.seq === head.seq && hash === head.hash

/** What belongs to a restricted run is sealed apart. */
function compartmentOf(state: CaseState, { event }: Entry): string {
  const address = 'item' in event ? event.item : 'clock' in event ? event.clock : 'run' in event ? event.run : null
  const run = typeof address === 'string' ? (parseItem(address)?.run ?? address.split('.')[0] ?? '') : ''
  return state.runs[run]?.visibleTo ? `restricted:${run}` : 'general'
}

function receiptsOf(taken: Pending[]): RecordBatch['receipts'] {
  return taken.flatMap(({ entry, state }) => {
    const known = entry.action === null ? undefined : state.actions[entry.action]
    if (entry.event.kind !== 'action_taken' || entry.action === null || !known) return []
    const { act, digest } = entry.event
    return [{ action: entry.action, act, digest, fromSeq: known.from, toSeq: known.seq }]
  })
}
