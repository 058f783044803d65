/** One sentence about how far a batch has come. */

import type { Language } from '../../context/deps.ts'

const cases = (language: Language, count: number): string =>
  language === 'fr' ? `${count} ${count > 1 ? 'dossiers' : 'dossier'}` : `${count} ${count === 1 ? 'case' : 'cases'}`
const rest = (language: Language, leftOut: number): string =>
  leftOut === 0
    ? ''
    : language === 'fr'
      ? ` ; ${cases('fr', leftOut)} sans changement`
      : `; ${cases('en', leftOut)} left as ${leftOut === 1 ? 'it is' : 'they are'}`

export const previewText = (language: Language, title: string, begins: number, leftOut: number): string =>
  language === 'fr'
    ? `« ${title} » commencerait dans ${cases('fr', begins)}${rest('fr', leftOut)}.`
    : `“${title}” would begin in ${cases('en', begins)}${rest('en', leftOut)}.`

export const begunText = (
  language: Language,
  title: string,
  done: number,
  waiting: number,
  leftOut: number,
): string => {
  const fr = language === 'fr'
  const still = waiting === 0 ? '' : fr ? ` ; encore ${waiting}` : `; ${waiting} still to come`
  return fr
    ? `Début de « ${title} » dans ${cases('fr', done)}${still}${rest('fr', leftOut)}.`
    : `“${title}” begun in ${cases('en', done)}${still}${rest('en', leftOut)}.`
}

export const liftedText = (language: Language, title: string, lifted: number, left: number, kept: number): string => {
  const fr = language === 'fr'
  const still = left === 0 ? '' : fr ? ` ; encore ${left}` : `; ${left} still to come`
  return fr
    ? `Levée de « ${title} » dans ${cases('fr', lifted)}${still}${rest('fr', kept)}.`
    : `“${title}” lifted in ${cases('en', lifted)}${still}${rest('en', kept)}.`
}

export const LIFT = { fr: 'Lever partout où c’est encore en cours', en: 'Lift wherever it is still running' }
