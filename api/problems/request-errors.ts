/** What is wrong with the shape of a request, as problems: unknown members, unknown filters, wrong types, keys. */

import { randomUUID } from 'node:crypto'
import type { z } from '@hono/zod-openapi'
import { malformedText } from './malformed.ts'
import { type Problem, problem, type ShownError } from './problem.ts'
import { shownName } from './members.ts'
import { nearest } from '../../procedures/language/nearest.ts'

type Issue = z.core.$ZodIssue

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

const shown = (issue: Issue): ShownError[] => {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      pointer: pointerOf([...issue.path, shownName(key)]),
      code: 'unknown_member',
      message: malformedText(issue),
    }))
  const expected = issue.code === 'invalid_value' ? { expected: issue.values.map(String) } : {}
  return [{ pointer: pointerOf(issue.path), code: issue.code, message: malformedText(issue), ...expected }]
}

/** `known`: the names a client may have meant, for `nearest`. */
const unknownNames = (code: 'unknown_member' | 'unknown_filter', errors: ShownError[], known: string[]): Problem => {
  const first = errors[0]?.pointer.split('/').at(-1) ?? ''
  const near = nearest(first, known)
  return problem(code, {
    detail: {
      fr: `« ${first} » est inconnu.${near === null ? '' : ` Voulez-vous dire « ${near} » ?`}`,
      en: `“${first}” is unknown.${near === null ? '' : ` Did you mean “${near}”?`}`,
    },
    errors,
    more: near === null ? {} : { nearest: near },
  })
}

/** The first of these names that is no filter of a route. */
export const unknownFilter = (names: string[], known: string[]): Problem => {
  const message = { fr: 'Ce filtre est inconnu.', en: 'This filter is unknown.' }
  const errors = names.map((name) => ({ pointer: pointerOf([shownName(name)]), code: 'unknown_member', message }))
  return unknownNames('unknown_filter', errors, known)
}

const keyProblem = (missing: boolean): Problem => {
  const use = randomUUID()
  return problem(missing ? 'key_missing' : 'key_not_uuid', {
    detail: {
      fr: 'Envoyez l’en-tête Idempotency-Key avec un UUID ; en voici un.',
      en: 'Send the header Idempotency-Key with a UUID; here is one.',
    },
    more: { use },
  })
}

/** The answer to a failed check of one part of a request; `known` are the names that part may have. */
export const requestProblem = (target: string, error: z.core.$ZodError, known: string[]): Problem => {
  const errors = error.issues.flatMap(shown)
  const unknown = errors.filter((one) => one.code === 'unknown_member')
  switch (target) {
    case 'param':
      return problem('not_found')
    case 'header': {
      const issue = error.issues.find((one) => one.path[0] === 'Idempotency-Key')
      if (issue !== undefined) return keyProblem(issue.code === 'invalid_type')
      return problem('unreadable', { errors })
    }
    case 'query':
      return unknown.length > 0 ? unknownNames('unknown_filter', unknown, known) : problem('unreadable', { errors })
    default:
      return unknown.length === errors.length
        ? unknownNames('unknown_member', unknown, known)
        : problem('unreadable', { errors })
  }
}
