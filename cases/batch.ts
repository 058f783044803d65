/** What the workflow hands to the recorder: entries with their chain, and the overview rows that changed. */

import type { StageId } from '../procedures/language/compiled.ts'
import type { ClockStart, Entry, ItemId } from './events.ts'
import type { Instant } from './time.ts'

/** One row of the list of cases. */
export interface CaseRow {
  number: string
  subject: 'case' | 'arrival'
  status: 'open' | 'closed'
  stage: StageId
  opened: Instant
  closed: Instant | null
  closedReason: string | null
  home: string | null
  centre: string | null
  caseManager: string | null
  /** The number of the older case that this one is a duplicate of. */
  mergedInto: string | null
  nextWake: Instant | null
  settingsVersion: number
  engine: number
}
/** One row of every work queue: a step that is open, held, or waits for its day. */
export interface StepRow {
  item: ItemId
  run: string
  procedure: string
  version: number
  step: string
  round: number
  kind: 'task' | 'decision'
  stage: StageId
  state: 'open' | 'waiting' | 'held'
  roles: string[]
  users: string[]
  partner: string | null
  /** Roles of the rungs that went out: they may act too. */
  told: string[]
  place: string | null
  owner: string | null
  visibleTo: string[] | null
  openedAt: Instant
  clock: string | null
  clockKind: 'due' | 'lapses' | 'opens' | null
  /** Absent in a batch that an older worker handed over. */
  clockUnit?: ClockStart['unit'] | null
  dueAt: Instant | null
  breached: boolean
  nextRungAt: Instant | null
  nextRungRole: string | null
  fired: number
}
export interface RunRow {
  run: string
  procedure: string
  version: number
  hash: string
  status: 'open' | 'completed' | 'stopped'
  begun: Instant
  visibleTo: string[] | null
  /** Who must never be told of the run. */
  hiddenFrom: string | null
}
export interface Overview {
  case: CaseRow
  /** By item. */
  steps: Record<ItemId, StepRow>
  runs: Record<string, RunRow>
}
/** Only what changed since the last recorded overview. */
export interface OverviewChange {
  /** All rows of the case, instead of what changed: nobody knows what stands there. */
  whole: boolean
  case: CaseRow | null
  steps: StepRow[]
  goneSteps: ItemId[]
  runs: RunRow[]
}
export type NoticeId = 'reminder' | 'due' | 'escalation' | 'outcome' | 'assigned' | 'erase' | 'reroute' | 'unheld'
/** At most one mail for each key: the relay resolves role and place when it sends. */
export interface OutboxRow {
  /** `seq` of the entry it comes from is in the key, so a retry writes the same row. */
  key: string
  item: ItemId
  notice: NoticeId
  rung: string | null
  role: string
  user: string | null
  place: string | null
  dueAt: Instant
  restricted: boolean
}
export interface SealedEntry {
  entry: Entry
  compartment: string
  commitment: string
  hash: string
}
export interface RecordBatch {
  caseId: string
  incarnation: number
  /** The head that this batch builds on. */
  expects: { seq: number; hash: string }
  entries: SealedEntry[]
  overview: OverviewChange
  outbox: OutboxRow[]
  /** Receipts of the actions in this batch: action id, act, digest, and the entries they led to. */
  receipts: { action: string; act: string; digest: string; fromSeq: number; toSeq: number }[]
}
export type RecordAnswer =
  | { kind: 'recorded'; seq: number; hash: string }
  /** An earlier try, lost to the workflow, kept a beginning of this batch: all up to this head. */
  | { kind: 'ahead'; seq: number; hash: string }
  | { kind: 'superseded' }
  | { kind: 'gap'; seq: number }
  | { kind: 'conflict'; seq: number; hash: string }
