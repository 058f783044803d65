/** Who asks for something over many cases, when, and in which language. */

import type { Session } from './session.ts'
import type { Deps, Language, Present } from './deps.ts'

export interface Asking {
  deps: Deps
  session: Session
  present: Present
  language: Language
}
