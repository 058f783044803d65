import type { Term, Unit } from '../compiled.ts'

const UNITS: Record<string, Unit> = {
  hour: 'hours',
  hours: 'hours',
  day: 'days',
  days: 'days',
  'working day': 'working_days',
  'working days': 'working_days',
  week: 'weeks',
  weeks: 'weeks',
  month: 'months',
  months: 'months',
}
const TERM = /^(\d+) (working days?|hours?|days?|weeks?|months?)(?: ([+-]) |$)/

/** `1 month - 7 days` as terms counted one after the other; null when it cannot be read. */
export function readTerms(text: string): Term[] | null {
  const terms: Term[] = []
  let rest = text.trim()
  let sign = 1
  while (rest !== '') {
    const match = TERM.exec(rest)
    const unit = UNITS[match?.[2] ?? '']
    if (!match || !unit) return null
    terms.push({ n: sign * Number(match[1]), unit })
    sign = match[3] === '-' ? -1 : 1
    rest = rest.slice(match[0].length)
    if (match[3] && rest === '') return null
  }
  return terms.length === 0 ? null : terms
}

export const TERM_EXAMPLE = '`5 working days`, `48 hours`, `1 month - 7 days`'
