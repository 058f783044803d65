/** One sentence about how far a batch has come, and why some cases stay as they are. */

import type { Deps, Language } from '../../context/deps.ts'
import type { Refusal } from '../../../cases/refusals.ts'
import { refusalText } from '../../../cases/words/refusals.ts'
import { labelsFor } from '../../case/load-case.ts'
import type { Session } from '../../context/session.ts'
import type { BatchShown } from './schema.ts'

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

const MOST_SHOWN = 100
const NOTHING = {
  fr: 'Rien n’y a été fait : le dossier a changé entre-temps, ou la levée est venue avant.',
  en: 'Nothing was done there: the case has changed meanwhile, or the lifting came first.',
}

/** Cases that stay as they are, grouped by why. `refusal` is null where there was nothing to do. */
export const reasonsOf = (
  deps: Deps,
  session: Session,
  language: Language,
  leftOut: { number: string; refusal: Refusal | null }[],
): BatchShown['reasons'] => {
  const labels = labelsFor(deps, session, language, new Map())(null)
  const reasons = new Map<string, BatchShown['reasons'][number]>()
  for (const { number, refusal } of leftOut) {
    const text = refusal === null ? NOTHING[language] : refusalText(refusal, language, labels).detail
    const reason = reasons.get(text) ?? { code: refusal?.code ?? 'nothing', text, count: 0, cases: [] }
    reason.count += 1
    if (reason.cases.length < MOST_SHOWN) reason.cases.push({ number, href: `/api/v1/cases/${number}` })
    reasons.set(text, reason)
  }
  return [...reasons.values()].toSorted((a, b) => b.count - a.count)
}
