/** The closed vocabulary of what somebody asks of a case. Free text and personal answers are digests here. */

import type { Term } from '../procedures/language/compiled.ts'
import type {
  Absent,
  Answers,
  ConsentState,
  Consent,
  EvidenceItem,
  HandoverReason,
  ItemId,
  ClockId,
  OverrideCause,
  Via,
} from './events.ts'
import type { CivilDate, Instant } from './time.ts'

export interface Holding {
  role: string
  place: string
}
/** Who asks, as the door found them: the core re-checks every permission from this. */
export type Principal = { kind: 'user'; user: string; holds: Holding[] } | { kind: 'partner'; partner: string }

export interface Filled {
  outcome: string
  answers: Answers
  /** Field id → keyed digest of the sealed answer. */
  personal: Record<string, string>
  absent: Absent
  evidence: Record<string, EvidenceItem[]>
}

export type Act =
  | {
      act: 'open_case'
      subject: 'case' | 'arrival'
      number: string
      procedure: string
      place: string
      answers: Answers
      personal: Record<string, string>
      absent: Absent
    }
  | ({ act: 'complete_step'; step: ItemId; basis: string | null; onBehalfOf: string | null } & Filled)
  | { act: 'add_note'; step: ItemId | null; text: string }
  | ({ act: 'override_step'; step: ItemId; reason: string; cause?: OverrideCause } & Filled)
  | { act: 'reopen_step'; step: ItemId; within: Term; reason: string }
  | { act: 'countersign'; step: ItemId }
  | { act: 'assign_step'; step: ItemId; to: string; reason: string | null }
  | { act: 'delegate'; step: ItemId; to: string }
  | { act: 'change_case_manager'; to: string; reason: string | null }
  | { act: 'hand_over'; handover: string; from: string; to: string; because: HandoverReason; returns: boolean }
  | { act: 'hand_back'; handover: string }
  | { act: 'record_consent'; consent: Omit<Consent, 'id' | 'run'> & { state: ConsentState } }
  | { act: 'withdraw_consent'; consent: string }
  | { act: 'suspend'; reviewOn: CivilDate; reason: string }
  | { act: 'resume' }
  | { act: 'extend_clock'; clock: ClockId; by: Term; reason: string }
  | { act: 'correct_answer'; step: ItemId; answers: Answers; personal: Record<string, string>; reason: string }
  | { act: 'correct_opening'; answers: Answers; personal: Record<string, string>; reason: string }
  | {
      act: 'begin_procedure'
      procedure: string
      answers: Answers
      personal: Record<string, string>
      absent: Absent
      /** The batch that this is one of: it becomes the key of the run, by which it is lifted. */
      batch?: string
    }
  | { act: 'lift_batch'; batch: string; procedure: string }
  | {
      act: 'add_people'
      rows: {
        row: string
        caseId: string
        number: string
        answers: Answers
        personal: Record<string, string>
        absent: Absent
      }[]
    }

export type ActName = Act['act']

/** Real milliseconds for which somebody waits for an action; later the workflow refuses it. */
export const NOT_AFTER_MS = 60_000

export interface Action {
  /** HMAC(user, act, case, Idempotency-Key): also the id of the Temporal update. */
  id: string
  /** Digest of the whole content: the same id with another digest is refused. */
  digest: string
  by: Principal
  via: Via
  /** When it happened, as the person says; bounded by what is believable. */
  happened: Instant
  received: Instant
  /** Refused by the validator after this instant of real time: nobody waits for it any more. */
  notAfter: Instant
  act: Act
}
