import type { Term } from '../../procedures/language/compiled.ts'
import type { Who } from '../refusals.ts'
import type { Labels } from './labels.ts'
import { type Language, oneOf } from './language.ts'
import { spanText } from './spans.ts'

const ASSIGNED: Record<Language, string> = { fr: 'la personne désignée', en: 'the person named' }

/** "Superviseur régional (Kayes) ou Coordinateur régional (Kayes)". */
export function whoText(who: readonly Who[], language: Language, labels: Labels): string {
  const named = who.map(({ role, place }) => {
    const title = role === 'assigned' ? ASSIGNED[language] : labels.role(role)
    return place === null ? title : `${title} (${labels.place(place)})`
  })
  return oneOf([...new Set(named)], language)
}

const UNITS: readonly string[] = ['hours', 'days', 'working_days', 'weeks', 'months'] satisfies Term['unit'][]
const isUnit = (unit: string): unit is Term['unit'] => UNITS.includes(unit)

/** "30 jours"; the bare number where what is counted is not time. */
export function amountText(n: number, unit: string, language: Language): string {
  return isUnit(unit) ? spanText({ n, unit }, language) : String(n)
}
