import type { Begins } from '../compiled.ts'
import type { Path } from '../problem.ts'
import { type BeginsClause, beginsClause, END_OF_CONSENT } from '../shapes/begins.ts'
import { isKnown } from './context.ts'
import { termsAt } from './ladder.ts'
import type { Context } from './context.ts'
import { isRole } from './roles.ts'

export function beginsOf(context: Context): Begins[] {
  return context.document.begins.flatMap((text, index) => beginOf(context, text, ['begins', index]) ?? [])
}

function beginOf(context: Context, text: string, path: Path): Begins | null {
  const { country, report } = context
  const clause = beginsClause(text)
  switch (clause?.kind) {
    case 'opening':
    case 'started':
      return { kind: clause.kind }
    case 'any_time':
    case 'batch':
    case 'closed_case':
      return begunBy(context, clause, path)
    case 'when':
      return { kind: 'when', condition: clause.condition }
    case 'end_of_consent': {
      const { purpose } = clause
      const known = isKnown(report, 'purpose', purpose, Object.keys(country.purposes), path, END_OF_CONSENT.length)
      return known ? { kind: 'end_of_consent', purpose } : null
    }
    case 'on': {
      const { fact } = clause
      if (!isKnown(report, 'fact', fact, Object.keys(country.facts), path, 3)) return null
      if (country.facts[fact]?.type === 'date') return { kind: 'on', fact }
      report('wrong_type', path, `\`${fact}\` is a ${country.facts[fact]?.type}: a procedure begins on a date fact.`, 3)
      return null
    }
    case undefined:
      report(
        'unreadable',
        path,
        `\`${text}\` is not a beginning: write \`opening\`, \`started\`, \`any_time by ROLE\`, \`on DATE_FACT\`, \`when CONDITION\`, \`end of consent PURPOSE\`, \`batch by ROLE\` or \`closed_case by ROLE\`.`,
      )
      return null
  }
}

type ByRoles = Extract<BeginsClause, { by: string[] }>
function begunBy(context: Context, { kind, by, within: span }: ByRoles, path: Path): Begins | null {
  let offset = kind.length + 4
  let known = true
  for (const name of by) {
    known = isRole(context, name, path, offset, true) && known
    offset += name.length + 4
  }
  if (!known) return null
  if (kind !== 'closed_case') return { kind, by }
  const within = span === undefined ? null : termsAt(context, span, path)
  return { kind, by, ...(within && { within }) }
}
