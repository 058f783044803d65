/** The one error that route modules throw on purpose; the app turns it into an RFC 9457 answer. */

import type { Language } from '../context/deps.ts'
import type { ProblemCode } from './catalogue.ts'
import type { ProblemExtension, Room } from './extension.ts'

export type Text = { fr: string; en: string } | ((language: Language) => string)
/** One error of a field, already safe to show: never a personal value. */
export interface ShownError {
  pointer: string
  code: string
  message: Text
  because?: string | undefined
  expected?: readonly string[] | undefined
  nearest?: string | undefined
  least?: number | undefined
  most?: number | undefined
  at_least?: string | undefined
  at_most?: string | undefined
  until?: string | undefined
  room?: Room[] | undefined
}
export interface ProblemMembers {
  /** Instead of the catalogue's title. */
  title?: Text
  detail?: Text
  errors?: ShownError[]
  /** Extension members of the answer (`who`, `actions`, `since`, `use`, `max_bytes` …), as they are or by language. */
  more?: ProblemExtension | ((language: Language) => ProblemExtension)
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
