/** Why an action is refused: a closed family. Each edge maps it once; no personal value is ever inside. */

import type { ClosedGate } from './conditions.ts'
import type { ItemId } from './events.ts'
import type { CivilDate, Instant } from './time.ts'

export interface FieldError {
  /** JSON pointer into the request: `/answers/means`. */
  pointer: string
  code:
    | 'required'
    | 'not_asked'
    | 'unknown_field'
    | 'wrong_type'
    | 'not_an_option'
    | 'unknown_place'
    | 'too_long'
    | 'too_small'
    | 'too_large'
    | 'too_few'
    | 'too_many'
    | 'over_budget'
    | 'not_a_date'
    | 'lies_ahead'
    | 'lies_behind'
    | 'evidence_missing'
    | 'unknown_evidence'
    | 'unknown_outcome'
    | 'not_offered'
    | 'happened_unbelievable'
    | 'duplicate_key'
    | 'absent_not_allowed'
    | 'agreement_ended'
    | 'away'
    | 'role_not_held'
    | 'over_caseload'
    | 'unknown_case'
    | 'miscopied'
    | 'same_case'
    | 'younger_case'
    | 'merged_case'
    | 'not_fictitious'
  expected?: string[]
  nearest?: string
  /** Bounds of the field: a value, characters or entries. */
  least?: number
  most?: number
  atLeast?: Instant
  atMost?: Instant
  /** Days between which a date may lie. */
  earliest?: CivilDate
  latest?: CivilDate
  /** Last day of an absence, where it is known. */
  until?: CivilDate
  /** Colleagues who could take a case instead, and how many each. */
  room?: Room[]
}
export interface Room {
  user: string
  name: string
  room: number
}
/** Who could do it instead: a role at a place. */
export interface Who {
  role: string
  place: string | null
}
export type Refusal =
  | { code: 'role_required' | 'place_required' | 'own_submission' | 'second_person_required'; who: Who[] }
  | { code: 'not_found' }
  /** A batch leaves out a case in which a run of its procedure is open. */
  | { code: 'already_running'; run: string }
  | { code: 'step_not_open'; item: ItemId; opens: Instant | null }
  | { code: 'step_ended'; item: ItemId; outcome: string; at: Instant; by: string | null }
  | { code: 'step_reopened'; item: ItemId; now: ItemId }
  | { code: 'changed_since_seen'; basis: string }
  | { code: 'gate_closed'; gates: ClosedGate[] }
  /** `by`: the steps that hold it, as far as whoever reads this may know of them. */
  | { code: 'on_hold'; who: Who[]; by?: ItemId[] }
  /** `until`: the last instant at which what was asked could have begun. */
  | { code: 'case_closed'; until?: Instant }
  | { code: 'limit_reached'; used: number; most: number; unit: string }
  | { code: 'no_consent'; purpose: string }
  | { code: 'answers_invalid'; errors: FieldError[] }
  | { code: 'key_reused' }
export type RefusalCode = Refusal['code']
