/** What the recorder answers to a batch, from what stands in the ledger: the law of one writer, no gap and no fork. */

import type { RecordAnswer, RecordBatch } from './batch.ts'
import { chainHash, commitmentOf } from './chain.ts'

export interface Standing {
  incarnation: number
  head: { seq: number; hash: string }
  /** The hash that stands at the number with which the batch ends; null when the ledger does not reach it. */
  kept: string | null
  /** Hex; null once it was destroyed. */
  commitmentKey: string | null
}

/** Null when the batch is new and builds on exactly what there is: it is to be written. */
export function answerTo(batch: RecordBatch, standing: Standing): RecordAnswer | null {
  const { incarnation, head, kept } = standing
  const last = batch.entries.at(-1)
  if (!last) return { kind: 'gap', seq: 0 }
  if (incarnation > batch.incarnation) return { kind: 'superseded' }
  // A retry may come after later batches: what it ends with stands in the ledger, and so does all before it.
  if (kept === last.hash) return { kind: 'recorded', seq: last.entry.seq, hash: last.hash }
  if (isAhead(batch, standing)) return { kind: 'ahead', ...head }
  if (head.seq < batch.expects.seq) return { kind: 'gap', seq: head.seq }
  const builds = incarnation === batch.incarnation && head.seq === batch.expects.seq && head.hash === batch.expects.hash
  return builds && chained(batch, standing.commitmentKey) ? null : { kind: 'conflict', ...head }
}

/** The head is an entry of the batch itself: what came before it is the same, since every hash covers all before. */
function isAhead(batch: RecordBatch, { incarnation, head: { seq, hash } }: Standing): boolean {
  return incarnation === batch.incarnation && batch.entries.some((one) => one.entry.seq === seq && one.hash === hash)
}

/** Every commitment and hash is computed again: a writer with the wrong key or order is refused. */
function chained(batch: RecordBatch, commitmentKey: string | null): boolean {
  if (commitmentKey === null) return false
  let { hash } = batch.expects
  return batch.entries.every(({ entry, commitment, hash: claimed }, index) => {
    hash = chainHash(hash, entry.seq, commitment)
    const follows = entry.seq === batch.expects.seq + index + 1 && hash === claimed
    return follows && commitment === commitmentOf(commitmentKey, entry)
  })
}
