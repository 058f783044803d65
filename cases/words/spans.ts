import type { Term, Unit } from '../../procedures/language/compiled.ts'
import type { Language } from './language.ts'

const UNITS: Record<Language, Record<Unit | 'minutes', readonly [one: string, many: string]>> = {
  fr: {
    minutes: ['minute', 'minutes'],
    hours: ['heure', 'heures'],
    days: ['jour', 'jours'],
    working_days: ['jour ouvrable', 'jours ouvrables'],
    weeks: ['semaine', 'semaines'],
    months: ['mois', 'mois'],
  },
  en: {
    minutes: ['minute', 'minutes'],
    hours: ['hour', 'hours'],
    days: ['day', 'days'],
    working_days: ['working day', 'working days'],
    weeks: ['week', 'weeks'],
    months: ['month', 'months'],
  },
}

/** "3 jours ouvrables", "1 mois", "1 heure 15 minutes". Without its sign: whoever writes says late or left. */
export function spanText({ n, unit }: Term, language: Language): string {
  const size = Math.abs(n)
  if (unit !== 'hours' || Number.isInteger(size)) return counted(size, unit, language)
  const minutes = Math.round(size * 60)
  const parts = [
    ...(minutes >= 60 ? [counted(Math.floor(minutes / 60), 'hours', language)] : []),
    ...(minutes % 60 > 0 || minutes === 0 ? [counted(minutes % 60, 'minutes', language)] : []),
  ]
  return parts.join(' ')
}

const JOINTS = { fr: { more: 'et', less: 'moins' }, en: { more: 'and', less: 'less' } } as const

/** "1 mois et 7 jours", "1 mois moins 2 jours ouvrables". */
export function spansText(terms: readonly Term[], language: Language): string {
  const { more, less } = JOINTS[language]
  return terms
    .map((term, index) => {
      const joint = index === 0 ? '' : ` ${term.n < 0 ? less : more} `
      return `${joint}${spanText(term, language)}`
    })
    .join('')
}

/** French counts 0 and 1 as one; English only 1. */
function counted(n: number, unit: Unit | 'minutes', language: Language): string {
  const [one, many] = UNITS[language][unit]
  const single = language === 'fr' ? n < 2 : n === 1
  return `${n} ${single ? one : many}`
}
