/** Why something in a form is asked, or is not: the answer or the fact that its rule depends on, in words. */

import { dayOf } from '../../cases/clocks/civil.ts'
import { namesFor } from '../../cases/conditions.ts'
import type { Work } from '../../cases/progress/draft.ts'
import type { FieldError } from '../../cases/refusals.ts'
import { fullInstantText } from '../../cases/words/dates.ts'
import { uncapitalised } from '../../cases/words/language.ts'
import type { Condition, Field } from '../../procedures/language/compiled.ts'
import type { Country } from '../../procedures/language/country.ts'
import type { FieldText } from '../../procedures/language/shapes/field.ts'
import type { WorkText } from '../../procedures/language/shapes/step.ts'
import type { CaseInWords } from '../case/load-case.ts'
import { askedWhen, type AskWhen, namesIn } from '../../cases/ask-when.ts'
import { sourceText } from './rules.ts'
import { valueText } from './values.ts'

/** What was answered, and `outcome`. */
export type GivenAnswers = Record<string, unknown>
/** null where a code and its message say it all. */
export type FieldReason = (error: FieldError) => string | null

const WORDS = {
  fr: {
    outcome: (label: string) => `résultat : ${label}`,
    answer: (field: string, label: string) => `${field} : ${label}`,
    answered: (field: string) => `« ${field} » est renseigné`,
    not: (what: string) => `sauf ${what}`,
    and: ' et ',
    or: ' ou ',
    only: (what: string) => `demandé seulement avec ${what}`,
    facts: (facts: string) => `au dossier : ${facts}`,
    here: 'ce que le dossier dit déjà',
    rule: (source: string) => `règle : ${source}`,
    opened: (when: string) => `l’étape s’est ouverte le ${when}`,
    time: 'seul le délai peut le constater',
  },
  en: {
    outcome: (label: string) => `outcome: ${label}`,
    answer: (field: string, label: string) => `${field}: ${label}`,
    answered: (field: string) => `“${field}” is answered`,
    not: (what: string) => `unless ${what}`,
    and: ' and ',
    or: ' or ',
    only: (what: string) => `asked only with ${what}`,
    facts: (facts: string) => `in the case: ${facts}`,
    here: 'what the case says already',
    rule: (source: string) => `rule: ${source}`,
    opened: (when: string) => `the step opened on ${when}`,
    time: 'only time can tell',
  },
} as const

/** A form, or the members of one row of a list in it. */
interface Scope {
  fields: Field[]
  texts: Record<string, FieldText | undefined>
  given: GivenAnswers
}
interface Telling {
  country: Country
  loaded: CaseInWords
  texts: WorkText | undefined
}

export function fieldReasonsOf(country: Country, loaded: CaseInWords, work: Work, given: GivenAnswers): FieldReason {
  const { language } = loaded
  const words = WORDS[language]
  const document = country.procedures[work.procedure.id]
  const step = document?.steps.find(({ id }) => id === work.rule.id)
  const telling = { country, loaded, texts: step && step.kind !== 'start' ? step : undefined }
  const source = sourceText(country, step?.source ?? document?.source, language)
  const names = namesFor(loaded.state, loaded.world.settings, work.run, work.runId)
  return (error) => {
    switch (error.code) {
      case 'required':
      case 'evidence_missing':
      case 'not_asked': {
        const { when, scope } = ruleAt(error.pointer.split('/').slice(1), work, telling, given)
        if (when === undefined) return error.code === 'not_asked' || source === null ? null : words.rule(source)
        const asked = askedWhen(when, names)
        const facts = factsText(when, telling)
        if (typeof asked === 'boolean') return facts
        if (error.code === 'not_asked') return words.only(said(asked, scope, telling))
        const why = said(narrowed(asked, scope.given), scope, telling)
        return facts === words.here ? why : `${why}${words.and}${facts}`
      }
      case 'happened_unbelievable':
        return error.atLeast === undefined || error.atLeast !== work.step.openedAt
          ? null
          : words.opened(fullInstantText(error.atLeast, language))
      case 'not_offered':
        return work.rule.lapses?.outcome === given['outcome'] ? words.time : null
      default:
        return null
    }
  }
}

/** The condition of what a pointer points at, and what its names mean there. */
function ruleAt([part, id = '', index = '', member]: string[], work: Work, { texts }: Telling, given: GivenAnswers) {
  const form: Scope = { fields: work.rule.form, texts: texts?.form ?? {}, given }
  if (part === 'evidence') return { when: work.rule.evidence.find((one) => one.id === id)?.when, scope: form }
  const field = work.rule.form.find((one) => one.id === id)
  if (member === undefined) return { when: field?.when, scope: form }
  const rows: unknown = given[id]
  const row: unknown = Array.isArray(rows) ? rows[Number(index)] : undefined
  const inRow: GivenAnswers = typeof row === 'object' && row !== null ? { ...row } : {}
  const scope: Scope = { fields: field?.of ?? [], texts: texts?.form?.[id]?.of ?? {}, given: inRow }
  return { when: scope.fields.find((one) => one.id === member)?.when, scope }
}

/** Facts by their names, never by their values; what a restricted run sets is not named. */
function factsText(when: Condition, { country, loaded: { language } }: Telling): string {
  const { facts } = country
  const read = namesIn(when).flatMap((id) => (facts[id] && facts[id].restricted === undefined ? [facts[id]] : []))
  const words = WORDS[language]
  return read.length === 0 ? words.here : words.facts(read.map(({ label }) => label[language]).join(', '))
}

function said(ask: AskWhen, scope: Scope, telling: Telling): string {
  const words = WORDS[telling.loaded.language]
  if ('all' in ask) return ask.all.map((one) => said(one, scope, telling)).join(words.and)
  if ('any' in ask) return ask.any.map((one) => said(one, scope, telling)).join(words.or)
  if ('not' in ask) return words.not(said(ask.not, scope, telling))
  const label = (id: string): string => scope.texts[id]?.label[telling.loaded.language] ?? id
  if ('answered' in ask) return words.answered(label(ask.answered))
  const values = ask.in.map((value) => valueSaid(ask.field, value, scope, telling)).join(words.or)
  return ask.field === 'outcome' ? words.outcome(values) : words.answer(label(ask.field), values)
}

function valueSaid(id: string, value: unknown, { fields, texts }: Scope, { country, loaded, texts: step }: Telling) {
  const { language, labelsOf, state, world } = loaded
  if (id === 'outcome') return uncapitalised(step?.outcomes[String(value)]?.label[language] ?? String(value))
  const field = fields.find((one) => one.id === id)
  const reading = { country, labels: labelsOf(state), language, today: dayOf(world.now) }
  return field ? valueText(field, texts[id], value, reading) : String(value)
}

/** Of several ways in which something is asked, those that were answered; all of them when none was. */
function narrowed(ask: AskWhen, given: GivenAnswers): AskWhen {
  if ('all' in ask) return { all: ask.all.map((one) => narrowed(one, given)) }
  if ('any' in ask) {
    const met = ask.any.filter((one) => isTrue(one, given))
    return { any: (met.length > 0 ? met : ask.any).map((one) => narrowed(one, given)) }
  }
  if ('field' in ask) return isTrue(ask, given) ? { ...ask, in: ask.in.filter((one) => one === given[ask.field]) } : ask
  return ask
}

function isTrue(ask: AskWhen, given: GivenAnswers): boolean {
  if ('all' in ask) return ask.all.every((one) => isTrue(one, given))
  if ('any' in ask) return ask.any.some((one) => isTrue(one, given))
  if ('not' in ask) return !isTrue(ask.not, given)
  if ('answered' in ask) return given[ask.answered] !== undefined && given[ask.answered] !== null
  return ask.in.some((one) => one === given[ask.field])
}
