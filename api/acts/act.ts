/** What an act is to the API: its route, its body, its words, what it is offered on, and how the body becomes the core's Act. */

import type { z } from '@hono/zod-openapi'
import type { Target } from '../../cases/acts/act.ts'
import type { Act, ActName } from '../../cases/actions.ts'
import type { ClockId, Via } from '../../cases/events.ts'
import type { Work } from '../../cases/progress/draft.ts'
import type { Refusal, Who } from '../../cases/refusals.ts'
import type { Clock, KeptConsent } from '../../cases/state.ts'
import type { Instant } from '../../cases/time.ts'
import type { Extension } from '../../procedures/language/compiled.ts'
import type { ProcedureDocument } from '../../procedures/language/shapes/procedure.ts'
import type { LoadedCase } from '../case/load-case.ts'
import type { Language } from '../context/deps.ts'
import type { BodyReader } from './read-body.ts'
import type { OfferedAct } from '../openapi/offered-acts.ts'

export interface CommonBody {
  happened?: string | undefined
  via?: Via | undefined
  sent_at?: string | undefined
}
/** Acts that have a route of their own on a case; the others come another way. */
export type CaseActName = Exclude<ActName, 'open_case' | 'add_people' | 'hand_over' | 'hand_back' | 'lift_batch'>

export type InBoth = Record<Language, string>
/** `step` and `outcome` are labels; null where the act names none. */
export interface Told {
  step: string | null
  outcome: string | null
  deadline: string | null
}
/** One sentence about what became of an act, in the language of the request. */
export type Said = Record<Language, (told: Told) => string>

/** What an act may be offered on. An ended item is one that has ended in its present round. */
export interface Grounds {
  item: { work: Work }
  'ended item': { work: Work }
  /** The clock that a step is told by, where the procedure lets it be extended. */
  clock: { work: Work; id: ClockId; clock: Clock; rule: Extension }
  case: object
  procedure: { document: ProcedureDocument }
  consent: { id: string; consent: KeptConsent }
}
export interface NotNowReason {
  why: string
  who: Who[]
}
export interface Offer<A extends CaseActName, On extends keyof Grounds> {
  /** What the core is asked about: `may` decides on it whether the act is offered. */
  points: (at: Grounds[On]) => Target<A>
  /** Beside what the core says: where the act would be accepted and serves nobody. */
  unless?: (at: Grounds[On], loaded: LoadedCase) => boolean
  /** The button, where it says more than the act's own label. */
  label?: (at: Grounds[On], loaded: LoadedCase) => InBoth
  /** The part of the body that is known. */
  body: (at: Grounds[On], loaded: LoadedCase) => Record<string, unknown>
  /** The members that the caller fills in. */
  fill: (at: Grounds[On]) => string[]
  /** Bounds of what is filled in. */
  limits?: (at: Grounds[On], loaded: LoadedCase) => z.infer<typeof OfferedAct>['limits']
  /** Shown with a reason while it is refused, instead of being left away. */
  notNow?: (refusal: Refusal, at: Grounds[On], loaded: LoadedCase) => NotNowReason
}

export interface ActDefinition<A extends CaseActName = CaseActName, B extends CommonBody = CommonBody> {
  name: A
  operationId: string
  summary: InBoth
  body: z.ZodType<B>
  /** The button. */
  label: InBoth
  said: Said
  /** Whether the steps of an arrival have it too. */
  onArrivals: boolean
  on: { readonly [On in keyof Grounds]?: Offer<A, On> }
  /** A procedure that must be looked up before `make`. */
  procedureOf?: (body: B) => string
  make: (body: B, reader: BodyReader) => Act
  /** The work item whose refused answers are kept as a draft. */
  draftOf?: (body: B) => { step: string; answers: Record<string, unknown>; absent?: object; evidence?: object }
}

/** Keeps the types of its body and its target inside one file per act, and forgets them in the table. */
export const defineAct = <A extends CaseActName, B extends CommonBody>(
  definition: ActDefinition<A, B>,
): ActDefinition => definition as unknown as ActDefinition

/** The public name of the step that an act points at. */
export const stepBody = ({ work }: Grounds['item'], { number }: LoadedCase): { step: string } => ({
  step: `${number}.${work.item}`,
})

/**
 * When an act happened, in business time, from what its sender says. A bare date is the first instant of that day: the core pulls it to the opening of the step. An instant is corrected by how far the sender's
 * clock is off, as `sent_at` shows. Nothing said: now.
 */
export const happenedAt = (body: CommonBody, now: Instant): Instant => {
  if (body.happened === undefined) return now
  if (body.happened.length === 10) return Date.parse(`${body.happened}T00:00:00Z`)
  const off = body.sent_at === undefined ? 0 : now - Date.parse(body.sent_at)
  return Date.parse(body.happened) + off
}

/** For what begins then and there, as an opening: a bare date is the present if it is today, else the end of that day. */
export const begunAt = (body: CommonBody, now: Instant): Instant =>
  body.happened?.length === 10
    ? Math.min(now, Date.parse(`${body.happened}T23:59:59Z`))
    : Math.min(now, happenedAt(body, now))
