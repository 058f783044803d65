/** The state of one case: plain JSON, the fold of its ledger. */

import type { StageId, Term } from '../procedures/language/compiled.ts'
import type {
  Absent,
  Answers,
  By,
  ClockKind,
  ClockStart,
  Consent,
  EvidenceItem,
  FactValue,
  ItemId,
  Mark,
  ResolvedRole,
} from './events.ts'
import type { Instant } from './time.ts'

export type StepStatus = 'pending' | 'waiting' | 'open' | 'done' | 'not_needed' | 'off_path'
export interface StepState {
  status: StepStatus
  /** 1 at the first opening; the round is part of the item's id. */
  round: number
  openedAt?: Instant
  type?: 'task' | 'decision'
  stage?: StageId
  roles?: ResolvedRole[]
  place?: string | null
  owner?: string | null
  tags?: string[]
  outcome?: string
  endedAt?: Instant
  endedBy?: By
  answers?: Answers
  personal?: Record<string, string>
  absent?: Absent
  evidence?: Record<string, EvidenceItem[]>
  /** How often each outcome has led back; never reset. */
  counts?: Record<string, number>
  /** The clock given by a `back_to`, instead of the step's own. */
  within?: Term[]
  /** An ending out of turn that waits for its second signature. */
  proposed?: { by: By; outcome: string; answers: Answers; personal: Record<string, string>; absent: Absent }
  /** Who proposed the ending out of turn that somebody else signed. Since engine 3. */
  proposedBy?: By
}
export interface Run {
  procedure: { id: string; version: number; hash: string }
  status: 'open' | 'completed' | 'stopped'
  stage: StageId
  begun: Instant
  key: string | null
  inputs: Answers
  personal: Record<string, string>
  startedBy: ItemId | null
  visibleTo: string[] | null
  /** `step.field` or `input.field` that names who must never see the run. */
  hiddenFrom: string | null
  /** Whole francs by budget; absent until something was paid. */
  paid?: Record<string, number>
  steps: Record<string, StepState>
  /** Only in a view: its viewer may not read what it holds. */
  unread?: true
}
export interface Clock {
  kind: ClockKind
  item: ItemId
  place: string | null
  unit: ClockStart['unit']
  anchor: ClockStart['anchor']
  target: Instant
  status: 'running' | 'breached'
  /** Marks still to come, earliest first. */
  marks: Mark[]
  /** Rungs that went out: mark id → instant it was due. */
  fired: { mark: string; at: Instant; to: string }[]
  extended: Term[]
  /** Items whose hold stops this clock, and what was left of each mark when the first hold began. */
  heldBy: ItemId[]
  left?: Record<string, Term>
}
export interface KeptConsent extends Consent {
  /** Partners who were told something under it → the item at which they last were. */
  told?: Record<string, ItemId>
}
export interface CaseState {
  /** Opaque; never shown. */
  id: string
  /** `26-3416-724`, or an arrival's `senou-2026-11-23-1`. */
  number: string
  subject: 'case' | 'arrival'
  status: 'new' | 'open' | 'closed'
  engine: number
  incarnation: number
  seq: number
  opened: Instant
  closed: { at: Instant; reason: string } | null
  settingsVersion: number
  stage: StageId
  facts: Record<string, FactValue>
  runs: Record<string, Run>
  /** How many runs were ever begun: feeds run ids, is never shown. */
  runCount: number
  /** Live clocks only. */
  clocks: Record<string, Clock>
  consents: Record<string, KeptConsent>
  /** Whose work went to whom; `manager` and `items` are what comes back, less what was reassigned on purpose since. */
  handovers?: Record<string, { from: string; to: string; returns: boolean; manager: boolean; items: ItemId[] }>
  /** Known action ids with the digest of their content and the entries they led to; the last 200. */
  actions: Record<string, { digest: string; from: number; seq: number }>
  /** Rows of an arrival: the agent's own key → its case. */
  rows: Record<
    string,
    {
      caseId: string
      number: string
      inputs: Answers
      personal: Record<string, string>
      absent: Absent
      wanted: boolean
    }
  >
}
