/** What is counted of simulated lives: whole numbers only, so that any order of adding up gives the same. */

import type { StageId } from '../procedures/language/compiled.ts'

export interface StepTally {
  opened: number
  ended: number
  /** Ended by time alone. */
  lapsed: number
  /** Sent back, stopped, or no longer needed. */
  takenBack: number
  /** At the end of the simulation. */
  open: number
  held: number
  late: number
  breached: number
  waitedMs: number
}
export interface RunTally {
  begun: number
  completed: number
  stopped: number
  open: number
}
export interface RoleTally {
  acts: number
  reminder: number
  due: number
  escalation: number
  /** Civil day → acts. */
  days: Record<string, number>
}
export interface Tally {
  cases: number
  open: number
  closed: number
  entries: number
  acts: number
  caseMs: number
  /** How many came so far, and how many did after so many days. */
  stages: Partial<Record<StageId, { reached: number; days: Record<number, number> }>>
  closings: Record<string, number>
  runs: Record<string, RunTally>
  steps: Record<string, StepTally>
  rungs: { reminder: number; due: number; escalation: number }
  roles: Record<string, RoleTally>
  /** Code, or code and gate → how often somebody tried in vain. */
  refusals: Record<string, number>
}

export const newTally = (): Tally => ({
  cases: 0,
  open: 0,
  closed: 0,
  entries: 0,
  acts: 0,
  caseMs: 0,
  stages: {},
  closings: {},
  runs: {},
  steps: {},
  rungs: { reminder: 0, due: 0, escalation: 0 },
  roles: {},
  refusals: {},
})

type Counts = { [name: string]: number | Counts }

/** Both together. */
export function sum(one: Tally, other: Tally): Tally {
  return added(one as unknown as Counts, other as unknown as Counts) as unknown as Tally
}
function added(one: Counts, other: Counts): Counts {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  return Object.fromEntries(
    names.map((name) => {
      const [a, b] = [one[name], other[name]]
      if (typeof a === 'object' || typeof b === 'object') return [name, added((a ?? {}) as Counts, (b ?? {}) as Counts)]
      return [name, (a ?? 0) + (b ?? 0)]
    }),
  )
}

/** Names in their order, so that a file is the same however the work was shared out. */
export function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value).map(([name, one]) => [name, inOrder(one)] as const)
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
