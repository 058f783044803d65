/** What `check` says about a country folder: one entry per mistake, at the place where it is mended. */

export const PROBLEM_CODES = [
  'missing_file',
  'yaml',
  'unknown_key',
  'missing_key',
  'wrong_shape',
  'bad_id',
  'reserved_id',
  'duplicate_id',
  'unreadable',
  'first_match',
  'unknown_name',
  'wrong_type',
  'condition',
  'unknown_choice',
  'unset_fact',
  'personal_read',
  'later_step',
  'never_so',
  'opening_fact',
  'no_clock',
  'no_ladder',
  'ladder_end',
  'decision_only',
  'decision_lapses',
  'silent_effect',
  'back_to_target',
  'back_to_limit',
  'leaves_start',
  'leaves_money',
  'hold_cycle',
  'unreachable',
  'unanswered',
  'unconsumed',
  'not_an_end',
  'too_many_paths',
  'lapse_cycle',
  'label_flow',
  'hidden_hold',
  'not_visible',
  'partner_link',
  'child_gate',
  'essential_consent',
  'consent_adverse',
  'outreach_gate',
  'undisclosed',
  'uncountersigned',
  'many_at_once',
] as const
export type ProblemCode = (typeof PROBLEM_CODES)[number]

export interface Problem {
  /** Relative to the country folder: `sops/plan.yaml`. */
  file: string
  /** Both from 1. */
  line: number
  column: number
  code: ProblemCode
  /** Says what is wrong and what to do; a failed proof brings the path that breaks it. */
  message: string
}

export type Path = readonly (string | number)[]
/** Reports a problem of one file. `offset` counts characters into the text found at the path. */
export type Report = (code: ProblemCode, path: Path, message: string, offset?: number) => void

/** By file, then by position; the same thing is said once. */
export function inOrder(problems: Problem[]): Problem[] {
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem]))
  return [...once.values()].toSorted(
    (a, b) =>
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      a.line - b.line ||
      a.column - b.column ||
      (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  )
}
