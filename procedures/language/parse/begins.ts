import type { Begins } from '../compiled.ts'
import type { Path } from '../problem.ts'
import { isKnown } from './context.ts'
import { termsAt } from './ladder.ts'
import type { Context } from './context.ts'
import { isRole } from './roles.ts'

export const END_OF_CONSENT = 'end of consent '
const BY = /^(any_time|batch|closed_case) by (.+)$/

export function beginsOf(context: Context): Begins[] {
  return context.document.begins.flatMap((text, index) => beginOf(context, text, ['begins', index]) ?? [])
}

function beginOf(context: Context, text: string, path: Path): Begins | null {
  const { country, report } = context
  if (text === 'opening' || text === 'started') return { kind: text }
  const by = BY.exec(text)
  if (by?.[1] && by[2]) return begunBy(context, by[1], by[2], path)
  if (text.startsWith('when ')) return { kind: 'when', condition: text.slice(5).trim() }
  if (text.startsWith(END_OF_CONSENT)) {
    const purpose = text.slice(END_OF_CONSENT.length).trim()
    const known = isKnown(report, 'purpose', purpose, Object.keys(country.purposes), path, END_OF_CONSENT.length)
    return known ? { kind: 'end_of_consent', purpose } : null
  }
  if (text.startsWith('on ')) {
    const fact = text.slice(3).trim()
    if (!isKnown(report, 'fact', fact, Object.keys(country.facts), path, 3)) return null
    if (country.facts[fact]?.type === 'date') return { kind: 'on', fact }
    report('wrong_type', path, `\`${fact}\` is a ${country.facts[fact]?.type}: a procedure begins on a date fact.`, 3)
    return null
  }
  report(
    'unreadable',
    path,
    `\`${text}\` is not a beginning: write \`opening\`, \`started\`, \`any_time by ROLE\`, \`on DATE_FACT\`, \`when CONDITION\`, \`end of consent PURPOSE\`, \`batch by ROLE\` or \`closed_case by ROLE\`.`,
  )
  return null
}

function begunBy(context: Context, how: string, roles: string, path: Path): Begins | null {
  const [named = '', span] = how === 'closed_case' ? roles.split(' within ') : [roles]
  const names = named.split(' or ').map((name) => name.trim())
  let offset = how.length + 4
  let known = true
  for (const name of names) {
    known = isRole(context, name, path, offset, true) && known
    offset += name.length + 4
  }
  if (!known) return null
  if (how === 'any_time') return { kind: 'any_time', by: names }
  if (how === 'batch') return { kind: 'batch', by: names }
  const within = span === undefined ? null : termsAt(context, span, path)
  return { kind: 'closed_case', by: names, ...(within && { within }) }
}
