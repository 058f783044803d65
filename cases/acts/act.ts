/** What an act is to the core: who may, and what follows. */

import type { Act, ActName } from '../actions.ts'
import type { Refusal } from '../refusals.ts'
import type { CaseState } from '../state.ts'
import type { Standing } from '../who-may.ts'
import type { Decision } from '../world.ts'
import type { Asked } from './asked.ts'

type ActOf<A extends ActName> = Extract<Act, { act: A }>

/** Members of acts that point at something; the others are what the caller fills in. */
type Points = 'step' | 'clock' | 'consent' | 'procedure' | 'batch' | 'handover' | 'from' | 'subject' | 'place'
type PointsOf<T> = { [K in keyof T]-?: K extends Points ? (T[K] extends object ? never : K) : never }[keyof T]
export type Target<A extends ActName> = Pick<ActOf<A>, PointsOf<ActOf<A>>>

/** Who asks, of which case, and what the act points at; nothing of what the caller filled in. */
export interface Pointing<A extends ActName> extends Standing {
  state: CaseState
  act: Target<A>
}
/** As which role the caller may act, with what was found on the way; or why not. */
export type May<Found = object> = ({ role: string } & Found) | Refusal

export interface ActRules<A extends ActName> {
  may: (asked: Pointing<A>) => May
  decide: (asked: Asked<A>) => Decision
}
