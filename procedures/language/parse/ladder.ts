import type { Moment, Rung, Term } from '../compiled.ts'
import type { Path } from '../problem.ts'
import type { WorkText } from '../shapes/step.ts'
import { isKnown } from './context.ts'
import type { Context } from './context.ts'
import { momentAt } from './moment.ts'
import { isRole } from './roles.ts'
import { readTerms, TERM_EXAMPLE } from './terms.ts'

/** Rungs of a ladder that says only who: 3, 5, then 10 working days after the due moment. */
const USUAL = [3, 5, 10]
const usual = (index: number): Term[] => [{ n: USUAL[index] ?? 10 * (index - 1), unit: 'working_days' }]
/** How often the last rung speaks again when nothing else is said. */
const EVERY: Term[] = [{ n: 1, unit: 'months' }]

export function termsAt({ report }: Pick<Context, 'report'>, text: string, path: Path, offset = 0): Term[] | null {
  const terms = readTerms(text)
  if (!terms) report('unreadable', path, `\`${text}\` is not an amount of time: write ${TERM_EXAMPLE}.`, offset)
  return terms
}

/** The step's ladder, or its procedure's: a name of roles.yaml, or a list of `ROLE [at TERM]`. */
export function ladderOf(context: Context, step: WorkText, index: number): Rung[] {
  const { country, document, report } = context
  const own = step.escalation !== undefined
  const spelled = step.escalation ?? document.escalation
  const path: Path = own ? ['steps', index, 'escalation'] : ['escalation']
  if (spelled === undefined) {
    report(
      'no_ladder',
      ['steps', index],
      `\`${step.id}\` has no \`escalation\`, nor has the procedure: say who is told when it is late.`,
    )
    return []
  }
  if (typeof spelled !== 'string') {
    const rungs = spelled.flatMap((text, place) => rungAt(context, text, place, [...path, place]) ?? [])
    return rungs.map((rung, place) => (place === spelled.length - 1 ? { ...rung, last: true, every: EVERY } : rung))
  }
  if (!isKnown(report, 'escalation', spelled, Object.keys(country.escalations), path)) return []
  return (country.escalations[spelled]?.ladder ?? []).flatMap((rung, place, all) => {
    const after = readTerms(rung.after)
    const every = rung.every === undefined ? EVERY : readTerms(rung.every)
    if (!after || !every) return []
    return [{ role: rung.to, after, ...(place === all.length - 1 && { last: true, every }) }]
  })
}

function rungAt(context: Context, text: string, place: number, path: Path): Rung | null {
  const [role = '', at] = text.split(' at ').map((part) => part.trim())
  const after = at === undefined ? usual(place) : termsAt(context, at, path, text.indexOf(' at ') + 4)
  if (!isRole(context, role, path) || !after) return null
  return { role, after }
}

/** The step's own reminders, or those of the named escalation it follows. */
export function remindersOf(context: Context, step: WorkText, index: number): Moment[] {
  const path: Path = ['steps', index, 'remind']
  if (step.remind) return step.remind.flatMap((text, place) => momentAt(context, text, [...path, place], 0, true) ?? [])
  if (step.due === undefined) return []
  const named = [step.escalation, context.document.escalation].find((name) => typeof name === 'string')
  const texts = typeof named === 'string' ? (context.country.escalations[named]?.remind ?? []) : []
  return texts.flatMap((text) => momentAt({ ...context, report: () => undefined }, text, [], 0, true) ?? [])
}
