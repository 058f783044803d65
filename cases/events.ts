/** The closed vocabulary of what has happened in a case. `evolve` only ever gains kinds. */

import type { StageId, Term } from '../procedures/language/compiled.ts'
import type { CivilDate, Instant } from './time.ts'

export type FactValue = boolean | number | string | null
/** Plain values, several codes, the rows of a list, or the members of a consent. */
export type AnswerValue = FactValue | string[] | Record<string, FactValue>[] | Record<string, FactValue>
export type Answers = Record<string, AnswerValue>
export type Absent = Record<string, 'refused' | 'unknown'>
/** Paper is told by where it is kept: free text, so only its digest is here. */
export type EvidenceItem = { document: string } | { paper: string }
export type Via = 'app' | 'phone' | 'paper' | 'link'

export type By =
  | { kind: 'user'; user: string; role: string }
  | { kind: 'partner'; partner: string; user?: string }
  | { kind: 'time' }

export type ResolvedRole = { role: string } | { user: string } | { partner: string }

/** run . step . round */
export type ItemId = string
/** item . due | lapses | opens */
export type ClockId = string
export const CLOCK_KINDS = ['due', 'lapses', 'opens'] as const
export type ClockKind = (typeof CLOCK_KINDS)[number]

/** Where a mark's instant comes from: a moment in time plus terms, counted by the calendar of a place. */
export interface Plan {
  from: Instant
  terms: Term[]
}
export type MarkKind = 'reminder' | 'target' | 'rung'
/** One instant of a clock: a reminder, the target itself, or one rung of its ladder. */
export interface Mark {
  id: string
  kind: MarkKind
  /** Whom the mark tells; absent on a target. */
  role?: string
  /** null: from the target of the same clock. */
  plan: { from: Instant | null; terms: Term[] }
  at: Instant
  every?: Term[]
}
export interface ClockStart {
  id: ClockId
  kind: ClockKind
  item: ItemId
  place: string | null
  unit: 'hours' | 'days' | 'working_days'
  /** The anchor in words of the data, for the arithmetic that people read. */
  anchor: { kind: string; ref?: string; at: Instant }
  marks: Mark[]
}

export type ConsentState = 'given' | 'refused' | 'withdrawn' | 'ended' | 'override'
export interface Consent {
  id: string
  purpose: string
  /** The run that asked for it; null: the whole case. */
  run: string | null
  state: ConsentState
  form: 'written' | 'recorded' | 'oral' | 'proxy'
  language: string
  until: CivilDate | null
}

export const HANDOVER_REASONS = ['leave', 'illness', 'departure', 'office_closure'] as const
export type HandoverReason = (typeof HANDOVER_REASONS)[number]

/** Why a step was ended out of turn, as a code: what is counted, where the reason itself is personal. */
export const OVERRIDE_CAUSES = ['rule_does_not_fit', 'done_otherwise', 'urgent', 'person_unable', 'other'] as const
export type OverrideCause = (typeof OVERRIDE_CAUSES)[number]

export type CaseEvent =
  | { kind: 'action_taken'; act: string; digest: string; via: Via; received: Instant }
  | { kind: 'case_opened'; subject: 'case' | 'arrival'; number: string; procedure: string; engine: number }
  | { kind: 'settings_taken'; version: number }
  /** From here on the case behaves as this engine does. */
  | { kind: 'engine_taken'; engine: number }
  | {
      kind: 'run_begun'
      run: string
      procedure: { id: string; version: number; hash: string }
      stage: StageId
      key: string | null
      inputs: Answers
      personal: Record<string, string>
      startedBy: ItemId | null
      visibleTo: string[] | null
      /** `step.field` or `input.field` that names who must never see the run. */
      hiddenFrom: string | null
      steps: string[]
    }
  | { kind: 'run_completed'; run: string }
  | { kind: 'run_stopped'; run: string; because: 'outcome' | 'superseded' | 'case_closed' | 'consent_ended' | 'lifted' }
  | { kind: 'step_waiting'; item: ItemId; clock: ClockStart }
  | {
      kind: 'step_opened'
      item: ItemId
      stage: StageId
      type: 'task' | 'decision'
      roles: ResolvedRole[]
      place: string | null
      owner: string | null
      tags: string[]
      clocks: ClockStart[]
    }
  | { kind: 'step_not_needed'; item: ItemId }
  | { kind: 'step_off_path'; item: ItemId }
  | {
      kind: 'step_ended'
      item: ItemId
      outcome: string
      answers: Answers
      personal: Record<string, string>
      absent: Absent
      evidence: Record<string, EvidenceItem[]>
      via: Via
      onBehalfOf: string | null
      /** How it ended: by hand, by a lapse, or by the ending of another step. */
      how: 'act' | 'lapse' | 'ends_with' | 'override' | 'start'
    }
  | { kind: 'paid'; item: ItemId; budget: string; amount: number }
  | { kind: 'sent_back'; item: ItemId; to: string; outcome: string; steps: string[]; within: Term[] }
  | { kind: 'step_reopened'; item: ItemId; steps: string[]; within: Term[]; reason: string }
  | { kind: 'repeated'; item: ItemId; outcome: string }
  | { kind: 'fact_set'; fact: string; value: FactValue; item: ItemId | null }
  | { kind: 'clock_met'; clock: ClockId }
  | { kind: 'clock_breached'; clock: ClockId }
  | { kind: 'breach_annulled'; clock: ClockId; sent: string[] }
  | { kind: 'clock_extended'; clock: ClockId; by: Term; marks: Mark[]; reason: string }
  | { kind: 'clock_replanned'; clock: ClockId; marks: Mark[]; because: 'calendar' | 'correction' }
  | { kind: 'clock_held'; clock: ClockId; by: ItemId; left: Record<string, Term> }
  | { kind: 'clock_resumed'; clock: ClockId; by: ItemId; marks: Mark[] }
  | {
      kind: 'rung_fired'
      clock: ClockId
      mark: string
      rung: 'reminder' | 'due' | 'escalation'
      to: string
      place: string | null
      next: Mark | null
    }
  | { kind: 'notice_given'; item: ItemId; to: string; place: string | null; notice: string }
  /** The fact that says whose staff do the step has changed. */
  | { kind: 'step_moved'; item: ItemId; place: string; roles: ResolvedRole[]; owner: string | null }
  | { kind: 'step_assigned'; item: ItemId; to: string; reason: string | null; delegated: boolean }
  /** All that somebody had here, restricted runs apart, goes to a successor; `returns`: until they are back. */
  | {
      kind: 'handed_over'
      handover: string
      from: string
      to: string
      because: HandoverReason
      returns: boolean
      manager: boolean
      items: ItemId[]
    }
  | { kind: 'handed_back'; handover: string; from: string; to: string; manager: boolean; items: ItemId[] }
  | {
      kind: 'override_proposed'
      item: ItemId
      outcome: string
      answers: Answers
      personal: Record<string, string>
      absent: Absent
      reason: string
      cause?: OverrideCause
    }
  | { kind: 'answer_corrected'; item: ItemId; answers: Answers; personal: Record<string, string>; reason: string }
  | { kind: 'opening_corrected'; run: string; answers: Answers; personal: Record<string, string>; reason: string }
  | { kind: 'noted'; item: ItemId | null; text: string }
  | { kind: 'consent_recorded'; consent: Consent }
  | { kind: 'consent_withdrawn'; consent: string }
  | { kind: 'consent_ended'; consent: string }
  /** A partner was told something: which fields, and the consent that allowed it at that moment. */
  | { kind: 'disclosed'; item: ItemId; to: string; purpose: string; under: string; what: string[] }
  | {
      kind: 'people_added'
      rows: {
        row: string
        caseId: string
        number: string
        inputs: Answers
        personal: Record<string, string>
        absent: Absent
      }[]
    }
  | { kind: 'case_wanted'; row: string; procedure: string; inputs: Answers; item: ItemId }
  | { kind: 'case_closed'; reason: string }
  | { kind: 'case_reopened' }
  | { kind: 'revived'; incarnation: number }

export type EventKind = CaseEvent['kind']

/**
 * One row of the ledger. `at`: when it happened or fell due; `recorded`: when the engine took note (business time),
 * which for what time itself does is the same instant.
 */
export interface Entry {
  seq: number
  at: Instant
  recorded: Instant
  by: By
  action: string | null
  event: CaseEvent
}
