/** What a case needs to know of its country besides procedures: small, versioned, carried by the workflow. */

import type { Condition, Gate } from './compiled.ts'

export type FactType = 'yes_no' | 'number' | 'date' | 'place' | 'user' | 'text' | 'choice'
export interface FactRule {
  type: FactType
  /** The value before anything set it; null for dates, places and users that are not known yet. */
  start: boolean | number | string | null
  of?: string[]
  restricted?: string
}
/** Minutes after midnight, local time. */
export interface WorkingHours {
  opens: number
  closes: number
}
export interface Calendar {
  /** 1 = Monday … 7 = Sunday; a day without hours is off. */
  week: Partial<Record<1 | 2 | 3 | 4 | 5 | 6 | 7, WorkingHours>>
  ramadanWeek: Partial<Record<1 | 2 | 3 | 4 | 5 | 6 | 7, WorkingHours>>
  /** Inclusive ISO dates. */
  ramadan: { from: string; to: string }[]
  /** Whole days off; `place` limits a closure to a region. */
  daysOff: { date: string; place?: string }[]
}
export interface Settings {
  version: number
  /** Business time = real time + offset; 0 for ever in service. */
  offsetMs: number
  calendar: Calendar
  /** Place id → parent place id, null for the country. */
  places: Record<string, string | null>
  facts: Record<string, FactRule>
  /** Currency → whole francs for one unit from a day on, oldest first. */
  rates: Record<string, { from: string; xof: number }[]>
  /** What people may consent to. `eachRun`: each run asks for its own, as a referral does for its organisation. */
  purposes: Record<string, { eachRun: boolean }>
  /** Gates that must be open for the case to record a consent. */
  consentGates?: Record<string, Gate>
  /** Procedures that begin by themselves: on a date fact, when a condition over facts comes true, as a consent ends. */
  watchers: { procedure: string; on?: string; when?: Condition; endOfConsent?: string }[]
  /** The procedure that opens when an open case has nothing open. */
  whatNext: string
  /** The procedure behind the acts `suspend` and `resume`. */
  suspension: string
}
