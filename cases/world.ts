/** All that the pure core may know besides the state: the present instant, settings, and procedures at hand. */

import type { CompiledProcedure } from '../procedures/language/compiled.ts'
import type { Settings } from '../procedures/language/settings.ts'
import type { Entry } from './events.ts'
import type { Refusal } from './refusals.ts'
import type { CaseState } from './state.ts'
import type { Instant } from './time.ts'

export interface World {
  now: Instant
  settings: Settings
  /** hash → procedure, for every run that lives. */
  shelf: Record<string, CompiledProcedure>
  /** procedure id → hash of its newest published version, as far as it was looked up for this decision. */
  published: Record<string, string>
}
/** What only the database knows: compiled procedures, by id. */
export interface LookUp {
  procedures: string[]
}
export type Decision =
  /** `state`: what the entries make of the state that was decided on, as `evolve` says. */
  | { kind: 'events'; entries: Entry[]; state: CaseState }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'look_up'; wanted: LookUp }
