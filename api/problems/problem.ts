/** The one error that route modules throw on purpose; the app turns it into an RFC 9457 answer. */

import type { Language } from '../context/deps.ts'
import type { ProblemCode } from './catalogue.ts'

export type Text = { fr: string; en: string } | ((language: Language) => string)
/** One error of a field, already safe to show: never a personal value. */
export interface ShownError {
  pointer: string
  code: string
  message: Text
  [member: string]: unknown
}
export interface ProblemMembers {
  /** Instead of the catalogue's title. */
  title?: Text
  detail?: Text
  errors?: ShownError[]
  /** Extension members of the answer (`who`, `actions`, `since`, `use`, `max_bytes` …), as they are or by language. */
  more?: Record<string, unknown> | ((language: Language) => Record<string, unknown>)
  headers?: Record<string, string>
  /** Instead of the catalogue's number of seconds. */
  after?: number
}

export class Problem extends Error {
  readonly code: ProblemCode
  readonly members: ProblemMembers
  constructor(code: ProblemCode, members: ProblemMembers = {}) {
    super(code)
    this.name = 'Problem'
    this.code = code
    this.members = members
  }
}

/** `throw problem('not_found')`. Hidden and absent things are the same `not_found`, without any member. */
export const problem = (code: ProblemCode, members: ProblemMembers = {}): Problem => new Problem(code, members)
