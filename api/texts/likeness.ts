import type { Reason } from '../../cases/same-person/likeness.ts'
import type { Language } from '../context/deps.ts'

const REASON: Record<Language, Record<Reason, string>> = {
  fr: {
    same_phone: 'même téléphone',
    same_name: 'même nom',
    same_name_other_order: 'même nom, dans un autre ordre',
    name_sounds_alike: 'nom proche',
    name_partly_alike: 'une partie du nom',
    same_birth: 'même date de naissance',
    same_year: 'même année',
    year_beside: 'année voisine',
  },
  en: {
    same_phone: 'same telephone',
    same_name: 'same name',
    same_name_other_order: 'same name in another order',
    name_sounds_alike: 'name sounds alike',
    name_partly_alike: 'part of the name',
    same_birth: 'same date of birth',
    same_year: 'same year',
    year_beside: 'a year beside',
  },
}
export const reasonText = (reason: Reason, language: Language): string => REASON[language][reason]

const FOUND = {
  fr: {
    none: 'Personne de semblable.',
    some: 'Peut-être la même personne : vérifiez avant d’aller plus loin.',
    elsewhere: 'Une personne semblable a un dossier ailleurs : la coordination nationale peut vérifier.',
  },
  en: {
    none: 'Nobody alike.',
    some: 'Perhaps the same person: check before you go on.',
    elsewhere: 'Somebody alike has a case elsewhere: the national coordination can check.',
  },
}
export const foundText = (items: number, elsewhere: boolean, language: Language): string => {
  const words = FOUND[language]
  const lines = [...(items > 0 ? [words.some] : []), ...(elsewhere ? [words.elsewhere] : [])]
  return lines.length === 0 ? words.none : lines.join(' ')
}
