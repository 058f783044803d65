import type { Term } from '../../procedures/language/compiled.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import { dayOf, startOf } from '../clocks/civil.ts'
import { finestUnit, remaining } from '../clocks/measure.ts'
import type { Entry } from '../events.ts'
import type { Clock } from '../state.ts'
import type { CivilDate, Instant } from '../time.ts'
import { ARITHMETIC_WORDS } from './arithmetic-words.ts'
import { countedDays, daysLeftOut, daysText, rangeText } from './counted-days.ts'
import { dateText, deadlineInstantText, instantText } from './dates.ts'
import type { Language } from './language.ts'
import { spansText, spanText } from './spans.ts'
import { replannings, type Stretch, stretchesOf, termsFromAnchor } from './stretches.ts'

export interface ArithmeticLine {
  text: string
  at?: Instant
  counted?: string
}
/** What a clock itself does not know: the entries of its case (its holds), and its anchor in the reader's words. */
export interface Known {
  entries?: readonly Entry[]
  anchor?: string
}
interface Telling {
  clock: Clock
  settings: Settings
  today: CivilDate
  language: Language
}

/** How a deadline came about, line by line: start, days counted and left out, holds, extensions, deadline. */
export function arithmetic(
  clock: Clock,
  settings: Settings,
  now: Instant,
  language: Language,
  known: Known = {},
): ArithmeticLine[] {
  const telling = { clock, settings, today: dayOf(now), language }
  const words = ARITHMETIC_WORDS[language]
  const entries = known.entries ?? []
  const stretches = stretchesOf(clock, entries)
  const terms = stretches.length === 1 ? termsFromAnchor(clock, entries) : null
  return [
    startLine(telling, known.anchor),
    ...stretches.flatMap((stretch) => stretchLines(telling, stretch, terms)),
    ...clock.extended.map((by) => ({ text: words.extension(spanText(by, language)) })),
    ...replannings(clock, entries).map((at) => ({
      text: words.replanned(dateText(dayOf(at), language, telling.today)),
      at,
    })),
    deadlineLine(telling),
  ]
}

/** A date of the case or of a form has no hour: it counts from that day. */
function startLine({ clock, today, language }: Telling, anchor?: string): ArithmeticLine {
  const words = ARITHMETIC_WORDS[language]
  const { at, kind } = clock.anchor
  const generic = words.anchors[kind]
  const isDate = generic === undefined && at === startOf(dayOf(at))
  const when = isDate ? dateText(dayOf(at), language, today) : instantText(at, language, today)
  return { text: words.start(anchor ?? generic ?? words.date, when), at }
}

function stretchLines(telling: Telling, stretch: Stretch, terms: Term[] | null): ArithmeticLine[] {
  if (stretch.kind === 'ran') return ranLines(telling, stretch.from, stretch.until, terms)
  const { clock, today, language } = telling
  const words = ARITHMETIC_WORDS[language]
  const { from, until } = stretch
  if (until === undefined) return [{ text: words.heldSince(instantText(from, language, today)), at: from }]
  return [{ text: words.held(rangeText(dayOf(from), dayOf(until), language, dayOf(clock.anchor.at))), at: from }]
}

function ranLines(telling: Telling, from: Instant, until: Instant, terms: Term[] | null): ArithmeticLine[] {
  const { clock, settings, language } = telling
  const words = ARITHMETIC_WORDS[language]
  const unit = finestUnit(terms ?? [{ n: 1, unit: clock.unit }])
  const counted = spansText(
    terms?.length ? joined(terms) : [remaining(from, until, unit, settings, clock.place)],
    language,
  )
  if (until < from) return terms ? [{ text: words.countedBack, counted }] : []
  if (unit === 'hours') return [{ text: words.countedHours, counted }]
  const days = countedDays(from, until, unit, settings, clock.place)
  if (days.length === 0) return []
  const leftOut = unit === 'working_days' ? daysLeftOut(from, until, settings, clock.place) : []
  const said = dayOf(from)
  return [
    { text: words.counted(daysText(days, language, said)), counted },
    ...(leftOut.length > 0 ? [{ text: words.leftOut(daysText(leftOut, language, said)) }] : []),
  ]
}

/** Terms of one unit that follow each other are told as one: 3 days and 5 days are 8 days. */
function joined(terms: readonly Term[]): Term[] {
  return terms.reduce<Term[]>((told, { n, unit }) => {
    const last = told.at(-1)
    return last?.unit === unit ? [...told.slice(0, -1), { n: last.n + n, unit }] : [...told, { n, unit }]
  }, [])
}

function deadlineLine({ clock, today, language }: Telling): ArithmeticLine {
  const words = ARITHMETIC_WORDS[language]
  if (clock.heldBy.length > 0) {
    const left = clock.left?.['target']
    return { text: words.openEnded(left && left.n >= 0 ? spanText(left, language) : null) }
  }
  const when = deadlineInstantText(clock.target, language, today)
  return { text: clock.kind === 'opens' ? words.opens(when) : words.deadline(when), at: clock.target }
}
