/** Turns what zod found into problems of a file, in words of the language. */

import type { z } from 'zod'
import type { Path, Report } from '../problem.ts'
import { suggestion } from '../nearest.ts'

type Issue = z.core.$ZodIssue

export function reportIssues(issues: readonly Issue[], value: unknown, report: Report, base: Path = []): void {
  for (const issue of issues) {
    const inner = issue.path.filter((part) => typeof part !== 'symbol')
    reportIssue(issue, at(value, inner), report, [...base, ...inner])
  }
}

function reportIssue(issue: Issue, found: unknown, report: Report, path: Path): void {
  const key = path.at(-1)
  const name = typeof key === 'string' ? `\`${key}\`` : key === undefined ? 'this file' : `entry ${key + 1}`
  switch (issue.code) {
    case 'unrecognized_keys':
      for (const unknown of issue.keys)
        report(
          'unknown_key',
          [...path, unknown],
          `\`${unknown}\` is not known here: ${suggestion(unknown, issue.message.split(' '))}`,
        )
      return
    case 'invalid_key':
      return report('bad_id', path, `${name} is not an id: ${issue.issues[0]?.message ?? 'rename it'}.`)
    case 'invalid_value':
      if (found === undefined)
        return report('missing_key', path, `${name} is missing: write one of ${issue.values.join(', ')}.`)
      return report(
        'unknown_name',
        path,
        `${name} cannot be \`${String(found)}\`: ${suggestion(String(found), issue.values.map(String))}`,
      )
    case 'invalid_type':
      if (found === undefined)
        return report('missing_key', path, `${name} is missing: add it (${WORDS[issue.expected] ?? issue.expected}).`)
      return report(
        'wrong_shape',
        path,
        `${name} must be ${WORDS[issue.expected] ?? issue.expected}, not ${shapeOf(found)}.`,
      )
    case 'too_small':
      return report(
        'wrong_shape',
        path,
        `${name} must be ${issue.origin === 'array' ? 'a list with at least one entry' : issue.origin === 'string' ? issue.message : `at least ${issue.minimum}`}.`,
      )
    case 'invalid_union':
      if (found === undefined) return report('missing_key', path, `${name} is missing: add it (${issue.message}).`)
      return report('wrong_shape', path, `${name} must be ${issue.message}.`)
    case 'invalid_format':
      return report(
        key === 'id' || key === 'procedure' ? 'bad_id' : 'wrong_shape',
        path,
        `${name} must be ${issue.message}.`,
      )
    default:
      return report('wrong_shape', path, `${name} must be ${issue.message}.`)
  }
}

const WORDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
}

function shapeOf(value: unknown): string {
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map of keys'
  return typeof value === 'string' ? 'a text' : `\`${String(value)}\``
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  )
}
