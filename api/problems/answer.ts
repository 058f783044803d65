/** A problem as its HTTP answer: `application/problem+json` in the language of the request. */

import { pointsText } from '../../cases/words/points.ts'
import type { ApiContext, Language } from '../context/deps.ts'
import { kindOf, type ProblemCode } from './catalogue.ts'
import type { ProblemExtension } from './extension.ts'
import type { Problem, ShownError, Text } from './problem.ts'

const say = (text: Text, language: Language): string => (typeof text === 'function' ? text(language) : text[language])

/** Of a form that needs correcting at least how much there is to correct. */
const detailOf = ({ code, members: { detail, errors } }: Problem, language: Language): string | undefined => {
  if (detail !== undefined) return say(detail, language)
  return code === 'answers_invalid' && errors !== undefined ? pointsText(errors.length, language) : undefined
}

/** What every problem says, and what this one says beside. */
export interface ProblemBody extends ProblemExtension {
  type: string
  code: ProblemCode
  status: number
  title: string
  detail?: string
  errors?: (Omit<ShownError, 'message'> & { message: string })[]
  retry: { same_key: boolean; after_seconds?: number }
  request: string
}

export const problemBody = (found: Problem, language: Language, request: string): ProblemBody => {
  const kind = kindOf(found.code)
  const { title = kind.title, errors, more, after = kind.after } = found.members
  const detail = detailOf(found, language)
  return {
    type: `/problems/${found.code}`,
    code: found.code,
    status: kind.status,
    title: say(title, language),
    ...(detail === undefined ? {} : { detail }),
    ...(errors === undefined
      ? {}
      : { errors: errors.map((error) => ({ ...error, message: say(error.message, language) })) }),
    ...(typeof more === 'function' ? more(language) : more),
    retry: { same_key: kind.sameKey, ...(after === undefined ? {} : { after_seconds: after }) },
    request,
  }
}

export const answerProblem = (c: ApiContext, found: Problem): Response => {
  const kind = kindOf(found.code)
  const after = found.members.after ?? kind.after
  const headers = {
    'Content-Type': 'application/problem+json; charset=utf-8',
    ...(after === undefined ? {} : { 'Retry-After': String(after) }),
    ...(kind.status === 401 ? { 'WWW-Authenticate': 'Bearer realm="segin"' } : {}),
    ...found.members.headers,
  }
  return c.body(JSON.stringify(problemBody(found, c.var.language, c.var.requestId)), kind.status, headers)
}
