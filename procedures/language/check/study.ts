/** A procedure as the proofs see it: its compiled form, and everything that any clause of it reads. */

import type { CompiledProcedure, Step } from '../compiled.ts'
import type { Context } from '../parse/context.ts'
import type { Path, Report } from '../problem.ts'

/** The compiled form before it is hashed. */
export type Parsed = Omit<CompiledProcedure, 'hash'>

export type Clause =
  | 'begins'
  | 'inputs'
  | 'when'
  | 'role'
  | 'at'
  | 'opens'
  | 'due'
  | 'lapses'
  | 'remind'
  | 'repeat'
  | 'each'
  | 'with'
  | 'form'
  | 'evidence'
  | 'set'
  | 'close'

export interface Reading {
  clause: Clause
  path: Path
  offset: number
  /** The step that reads; null: the procedure itself. */
  step: Step | null
  /** A step, `input`, `form`, `item`, `consent`, a fact, `outcome` or `happened_on`. */
  root: string
  member: string | null
  /** `has()` was asked first. */
  guarded: boolean
  /** The outcome under which it is read, where that is known. */
  outcome: string | null
  /** The fact or field that takes the value, so that its label can be compared. */
  into: { kind: 'fact' | 'field' | 'input'; id: string } | null
}

export interface Study {
  context: Context
  report: Report
  parsed: Parsed
  readings: Reading[]
  /** Step id → what its `when` makes sure. */
  sure: Record<string, readonly string[]>
}

export function indexOf(parsed: Parsed, step: string): number {
  return parsed.steps.findIndex((each) => each.id === step)
}
