/** Anything thrown becomes a Problem here, and nowhere else. What is not known is `unknown`, without its message. */

import { HTTPException } from 'hono/http-exception'
import type { ProblemCode } from './catalogue.ts'
import { Problem, problem } from './problem.ts'

const BY_STATUS: Partial<Record<number, ProblemCode>> = {
  400: 'unreadable',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'too_large',
  415: 'media_type',
}
/** gRPC status codes: 8 exhausted, 14 unavailable, 9 when the task of a case failed, as by a worker that died, and is tried later. */
const AWAY = new Set([8, 9, 14])
/** SQLSTATE 57P01 to 57P03: it shuts down, has crashed, or is not ready yet. */
const POSTGRES_AWAY = new Set(
  'ECONNREFUSED ECONNRESET CONNECTION_CLOSED CONNECTION_ENDED CONNECT_TIMEOUT 57P01 57P02 57P03'.split(' '),
)

export const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
const causeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined

/** True when the workflow engine cannot be reached or takes nothing more at present. */
export const engineIsAway = (error: unknown): boolean =>
  AWAY.has(Number(codeOf(error))) || (causeOf(error) !== undefined && AWAY.has(Number(codeOf(causeOf(error)))))

export const asProblem = (error: unknown): Problem => {
  if (error instanceof Problem) return error
  if (error instanceof HTTPException) {
    const code = BY_STATUS[error.status]
    if (code !== undefined) return problem(code)
  }
  const code = codeOf(error)
  if (typeof code === 'string' && POSTGRES_AWAY.has(code)) return problem('starting')
  if (engineIsAway(error)) return problem('engine_away')
  return problem('unknown')
}
