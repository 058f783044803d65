/**
 * The compiled form of a procedure: the small part that a workflow carries (ids, kinds, roles, order,
 * conditions, clocks, field types). Titles and sources stay in the document, for people.
 */

export type StageId = 'reception' | 'assessment' | 'referral' | 'support' | 'follow_up' | 'closure'
export const STAGES: readonly StageId[] = ['reception', 'assessment', 'referral', 'support', 'follow_up', 'closure']

export type Unit = 'hours' | 'days' | 'working_days' | 'weeks' | 'months'
/** A signed amount of time; "before" makes it negative. Terms are counted one after the other. */
export interface Term {
  n: number
  unit: Unit
}
export type Anchor =
  | { kind: 'opening' }
  | { kind: 'due' }
  | { kind: 'step'; step: string }
  | { kind: 'field'; step: string; field: string }
  | { kind: 'input'; field: string }
  | { kind: 'fact'; fact: string }
/** `1 month + 7 days after plan_signed_on` = terms [1 month, 7 days] from the fact. No terms: on that very day. */
export interface Moment {
  terms: Term[]
  anchor: Anchor
}
/** A CEL expression, checked at load against declared facts and fields. */
export type Condition = string
/** What `all` in `holds` and `stop` means: every other run but restricted ones, which only their own people hold or end. */
export const ALL_ORDINARY = 'all ordinary'

/** First entry whose condition holds; the last entry has none. */
export type FirstMatch<T> = { when?: Condition; then: T }[]

export type RoleRef = { role: string } | { field: string; type: 'user' | 'partner' }
/** Whose staff act: the centre, the home region, the country, or the place in a field (`request.to`). */
export type PlaceRef = { fact: string } | { field: string } | { place: string }

export type FieldType =
  | 'text'
  | 'code'
  | 'choice'
  | 'codes'
  | 'yes_no'
  | 'number'
  | 'date'
  | 'place'
  | 'user'
  | 'partner'
  | 'case'
  | 'money'
  | 'consent'
  | 'score'
  | 'list'
export interface Field {
  id: string
  type: FieldType
  required: boolean
  /** Personal answers are sealed in the database; the workflow sees only their digest. */
  personal: boolean
  when?: Condition
  /** Allowed ids of a choice, code or codes field. */
  options?: string[]
  of?: Field[]
  /** The role that a `user` field asks for. */
  role?: string
  /** The budget that a `money` is paid from. */
  budget?: string
  /** The purpose of a `consent` field. */
  purpose?: string
  /** Of a `consent`: the outcome under which the step goes on without it, for somebody else to countersign. */
  override?: string
  /** Of a `case`: it must have been opened before this one. */
  older?: boolean
  /** Of a `text`: it is or holds a telephone number. */
  telephone?: boolean
  /** Of a `date`: today at the latest, or not before the day on which it was told. */
  lies?: 'behind' | 'ahead'
  restricted?: string
  /** Of a number: its value; of a list or codes: its entries. */
  min?: number
  /** The same; of a text: its characters. */
  max?: number
}
export interface EvidenceRule {
  id: string
  required: boolean
  when?: Condition
}
export interface BackTo {
  step: string
  within: Term[]
  atMost: number
  /** The outcome that happens instead, once `atMost` is used up. */
  then: string
}
export interface Outcome {
  backTo?: BackTo
  /** Fact id → CEL expression over facts, answers, `form`, `outcome`, `happened_on`. */
  set?: Record<string, Condition>
  /** Procedure ids, `this` or `all` (every other open run). */
  stop?: string[]
  /** CEL expression that gives the reason of closure. */
  close?: Condition
  notify?: string[]
  /** The purpose whose consent, as far as this run goes by it, is over from then on. */
  endsConsent?: string
  adverse?: boolean
  /** False for outcomes that only `then` or `lapses` bring about. */
  byHand: boolean
}
export interface Rung {
  role: string
  /** Counted from the due moment. */
  after: Term[]
  last?: boolean
  /** The last rung repeats until somebody acts. */
  every?: Term[]
}
export interface Extension {
  by: string
  most: Term
}
export interface Lapse {
  at: FirstMatch<Moment>
  outcome: string
  basis: string
  extend?: Extension
}
export type Repeat =
  | { kind: 'dates'; at: Term[][]; from: Anchor; window: Term[] }
  | { kind: 'gap'; gap: Term[]; until: string[]; atMost: number }
export interface Gate {
  open: Condition
  openedBy: string[]
}
/** `step`, or `step=outcome`; the outcome may be `not_needed`. */
export interface AfterItem {
  step: string
  outcome?: string
}

/** What goes to the partner in `to`: as the step opens when that partner is asked, else as it ends. */
export interface Discloses {
  /** `step.field` of a partner. */
  to: string
  purpose: string
  /** `step.field` or `input.field`; the number of the case goes with them. */
  what: string[]
}

interface AnyStep {
  id: string
  stage: StageId
  at: PlaceRef
  /** AND of ORs; empty: opens with the run. */
  after: AfterItem[][]
  when?: Condition
  restricted?: string
}
export interface WorkStep extends AnyStep {
  kind: 'task' | 'decision'
  role: FirstMatch<RoleRef[]>
  requires: string[]
  /** `#tag`, procedure id, step id of this run, or `all` (every other run). */
  holds: string[]
  opens?: FirstMatch<Moment>
  due?: FirstMatch<Moment>
  remind: Moment[]
  lapses?: Lapse
  ladder: Rung[]
  extend?: Extension
  repeat?: Repeat
  endsWith?: string
  form: Field[]
  evidence: EvidenceRule[]
  notBy: string[]
  discloses?: Discloses
  outcomes: Record<string, Outcome>
  essential: boolean
  tags: string[]
}
export interface StartStep extends AnyStep {
  kind: 'start'
  start: string
  /** `step.field` of a list, or `people` in an arrival. */
  each?: string
  /** The member of a row that identifies it. */
  key?: string
  /** Input id → CEL expression over facts, answers and `item`. */
  with: Record<string, Condition>
}
export type Step = WorkStep | StartStep

export interface Budget {
  /** Over all runs of the procedure in one case: in whole francs (XOF), or in units of `currency`. */
  most?: number
  /** A currency of the rates; its rate is that of the day on which the run began. */
  currency?: string
  /** A number fact: one run pays no more than what it says, in whole francs. */
  grant?: string
}

export type Begins =
  | { kind: 'opening' }
  | { kind: 'started' }
  | { kind: 'any_time'; by: string[] }
  | { kind: 'on'; fact: string }
  | { kind: 'when'; condition: Condition }
  | { kind: 'end_of_consent'; purpose: string }
  | { kind: 'batch'; by: string[] }
  /** `within`: so long after the closure, at most. */
  | { kind: 'closed_case'; by: string[]; within?: Term[] }

export interface CompiledProcedure {
  id: string
  version: number
  /** SHA-256 of the canonical JSON of all the other members. */
  hash: string
  subject: 'case' | 'arrival'
  stage: StageId
  begins: Begins[]
  /** What the law ties to the day a procedure begins `on`: fact id → CEL expression over facts. */
  set?: Record<string, Condition>
  inputs: Field[]
  /** What its steps pay from. */
  budgets?: Record<string, Budget>
  /** Roles that may be assigned to its runs; present only on restricted procedures. */
  visibleTo?: string[]
  /** `step.field` or `input.field` naming a user who must never see the run. */
  hiddenFrom?: string
  /** Roles that read what its runs hold; absent: whoever knows the case. */
  readBy?: string[]
  /** Gates that must be open for it to begin by hand. */
  requires?: string[]
  /** The purpose without whose consent its runs stop at once. */
  stopsWithout?: string
  gates: Record<string, Gate>
  steps: Step[]
}
