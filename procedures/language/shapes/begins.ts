/** How a clause of `begins` is written: read here, and nowhere else. What it names is checked by the compiler. */

export const END_OF_CONSENT = 'end of consent '
const BY = /^(any_time|batch|closed_case) by (.+)$/

export type BeginsClause =
  | { kind: 'opening' | 'started' }
  | { kind: 'any_time' | 'batch' | 'closed_case'; by: string[]; within?: string }
  /** `offset`: where the condition stands in the clause. */
  | { kind: 'when'; condition: string; offset: number }
  | { kind: 'on'; fact: string }
  | { kind: 'end_of_consent'; purpose: string }

/** Null for what is not a beginning. */
export function beginsClause(text: string): BeginsClause | null {
  if (text === 'opening' || text === 'started') return { kind: text }
  const by = BY.exec(text)
  if (by?.[1] && by[2]) return begunBy(by[1], by[2])
  if (text.startsWith('when ')) {
    const condition = text.slice(5).trim()
    return { kind: 'when', condition, offset: text.indexOf(condition, 5) }
  }
  if (text.startsWith(END_OF_CONSENT))
    return { kind: 'end_of_consent', purpose: text.slice(END_OF_CONSENT.length).trim() }
  return text.startsWith('on ') ? { kind: 'on', fact: text.slice(3).trim() } : null
}

function begunBy(how: string, roles: string): BeginsClause | null {
  const [named = '', within] = how === 'closed_case' ? roles.split(' within ') : [roles]
  const by = named.split(' or ').map((name) => name.trim())
  switch (how) {
    case 'any_time':
    case 'batch':
      return { kind: how, by }
    case 'closed_case':
      return { kind: how, by, ...(within !== undefined && { within }) }
    default:
      return null
  }
}
