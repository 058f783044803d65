import type { Anchor, Moment } from '../compiled.ts'
import type { Path } from '../problem.ts'
import { suggestion } from '../nearest.ts'
import { fieldAt } from './context.ts'
import type { Context } from './context.ts'
import { readTerms, TERM_EXAMPLE } from './terms.ts'

/** A moment before its anchor is looked up: `7 days after plan_signed_on`. */
export interface SpelledMoment {
  terms: Moment['terms']
  /** Empty: the step's own opening. */
  anchor: string
  /** Where the anchor stands in the text. */
  offset: number
}
const MOMENT = /^(?:(on)|(.+?)(?: (before|after))?)(?: ([a-z][a-z0-9_.]*))?$/

/** Null when the text is not a moment. */
export function readMoment(text: string): SpelledMoment | null {
  const trimmed = text.trim()
  const whole = readTerms(trimmed)
  if (whole) return { terms: whole, anchor: '', offset: 0 }
  const after = /^after ([a-z][a-z0-9_.]*)$/.exec(trimmed)
  if (after?.[1]) return { terms: [], anchor: after[1], offset: 6 }
  const match = MOMENT.exec(trimmed)
  const anchor = match?.[4]
  if (!match || !anchor) return null
  const offset = trimmed.length - anchor.length
  if (match[1]) return { terms: [], anchor, offset }
  const terms = match[3] ? readTerms(match[2] ?? '') : null
  if (!terms) return null
  return { terms: match[3] === 'before' ? terms.map(({ n, unit }) => ({ n: -n, unit })) : terms, anchor, offset }
}

/** The compiled moment, or null when it was reported. `due` is an anchor only of reminders. */
export function momentAt(context: Context, text: string, path: Path, offset: number, reminder = false): Moment | null {
  const spelled = readMoment(text)
  if (!spelled) {
    const says = `\`${text.trim()}\` is not a moment: write ${TERM_EXAMPLE}, \`2 days before due\` or \`on arrived_on\`.`
    context.report('unreadable', path, says, offset)
    return null
  }
  const anchor = anchorAt(context, spelled.anchor, path, offset + spelled.offset, reminder)
  return anchor && { terms: spelled.terms, anchor }
}

/** A step, a date field, a date fact, an input; nothing or `opening`: the step's own opening. */
export function anchorAt(context: Context, name: string, path: Path, offset: number, reminder = false): Anchor | null {
  const { country, document, report } = context
  if (name === '' || name === 'opening') return { kind: 'opening' }
  if (name === 'due' && reminder) return { kind: 'due' }
  if (name.includes('.')) {
    const field = fieldAt(context, name, path, offset)
    if (!field) return null
    const [step = '', id = ''] = name.split('.')
    if (field.type !== 'date') {
      report('wrong_type', path, `\`${name}\` is a ${field.type}: a clock counts from a date.`, offset)
      return null
    }
    return step === 'input' ? { kind: 'input', field: id } : { kind: 'field', step, field: id }
  }
  if (document.steps.some((step) => step.id === name)) return { kind: 'step', step: name }
  const fact = country.facts[name]
  if (fact?.type === 'date') return { kind: 'fact', fact: name }
  if (fact) {
    report('wrong_type', path, `The fact \`${name}\` is a ${fact.type}: a clock counts from a date.`, offset)
    return null
  }
  const dates = Object.keys(country.facts).filter((id) => country.facts[id]?.type === 'date')
  const known = [...document.steps.map((step) => step.id), ...dates, ...(reminder ? ['due'] : [])]
  report('unknown_name', path, `There is no step or date fact \`${name}\`: ${suggestion(name, known)}`, offset)
  return null
}
