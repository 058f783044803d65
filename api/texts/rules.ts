/** The rule behind a deadline, in a sentence: what a procedure counts, and from where. */

import { firstMatch, namesFor } from '../../cases/conditions.ts'
import type { Work } from '../../cases/progress/draft.ts'
import type { ClockKind } from '../../cases/events.ts'
import type { CaseState } from '../../cases/state.ts'
import { spansText } from '../../cases/words/spans.ts'
import type { World } from '../../cases/world.ts'
import type { Anchor, FirstMatch, Moment, Term } from '../../procedures/language/compiled.ts'
import type { Country } from '../../procedures/language/country.ts'
import type { Language } from '../context/deps.ts'

const WORDS = {
  fr: {
    from: (span: string) => `${span} à partir de l’ouverture de l’étape`,
    opening: 'dès l’ouverture de l’étape',
    after: (span: string, anchor: string) => `${span} après : ${anchor}`,
    before: (span: string, anchor: string) => `${span} avant : ${anchor}`,
    on: (anchor: string) => `à la date : ${anchor}`,
  },
  en: {
    from: (span: string) => `${span} from the opening of the step`,
    opening: 'as soon as the step opens',
    after: (span: string, anchor: string) => `${span} after: ${anchor}`,
    before: (span: string, anchor: string) => `${span} before: ${anchor}`,
    on: (anchor: string) => `on the date: ${anchor}`,
  },
} as const

/** `within`: the time given by the send-back that opened the step, instead of its own. */
export interface Ruled {
  state: CaseState
  world: World
  work: Work
  kind: ClockKind
  within: readonly Term[] | undefined
}

/** null when the step has no rule for such a clock, or none whose condition holds now. */
export function ruleText(country: Country, ruled: Ruled, language: Language): string | null {
  const { state, world, work, kind, within } = ruled
  if (kind === 'due' && within && within.length > 0) return momentText({ kind: 'opening' }, within, '', language)
  const names = namesFor(state, world.settings, work.run, work.runId)
  const moment = firstMatch(momentsOf(work, kind), names)
  if (!moment) return null
  return momentText(moment.anchor, moment.terms, anchorText(country, work, moment.anchor, language), language)
}

function momentsOf(work: Work, kind: ClockKind): FirstMatch<Moment> | undefined {
  switch (kind) {
    case 'due':
      return work.rule.due
    case 'lapses':
      return work.rule.lapses?.at
    case 'opens':
      return work.rule.opens
  }
}

export function momentText(anchor: Anchor, terms: readonly Term[], named: string, language: Language): string {
  const words = WORDS[language]
  const opening = anchor.kind === 'opening'
  if (terms.every(({ n }) => n === 0)) return opening ? words.opening : words.on(named)
  const before = terms.every(({ n }) => n < 0)
  const span = spansText(before ? terms.map(({ n, unit }) => ({ n: -n, unit })) : terms, language)
  if (opening) return words.from(span)
  return before ? words.before(span, named) : words.after(span, named)
}

function anchorText(country: Country, { procedure }: Work, anchor: Anchor, language: Language): string {
  const document = country.procedures[procedure.id]
  const stepOf = (id: string) => document?.steps.find((step) => step.id === id)
  switch (anchor.kind) {
    case 'opening':
    case 'due':
      return ''
    case 'step':
      return stepOf(anchor.step)?.title[language] ?? anchor.step
    case 'field': {
      const step = stepOf(anchor.step)
      const field = step && step.kind !== 'start' ? step.form?.[anchor.field] : undefined
      return field?.label[language] ?? anchor.field
    }
    case 'input':
      return document?.inputs?.[anchor.field]?.label[language] ?? anchor.field
    case 'fact':
      return country.facts[anchor.fact]?.label[language] ?? anchor.fact
  }
}

/** Where a rule comes from, as people cite it. */
export function sourceText(country: Country, source: string | undefined, language: Language): string | null {
  if (source === undefined) return null
  const title = country.sources[source]?.title
  if (source === 'assumption' && title === undefined) return language === 'fr' ? 'Hypothèse' : 'Assumption'
  return typeof title === 'string' ? title : (title?.[language] ?? source)
}
