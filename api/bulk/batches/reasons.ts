/** Cases that stay as they are, gathered by why. */

import type { Refusal } from '../../../cases/refusals.ts'
import { refusalText } from '../../../cases/words/refusals.ts'
import { labelsFor } from '../../case/load-case.ts'
import type { Session } from '../../context/session.ts'
import type { Deps, Language } from '../../context/deps.ts'
import type { BatchShown } from './schema.ts'

const MOST_SHOWN = 100
const NOTHING = {
  fr: 'Rien n’y a été fait : le dossier a changé entre-temps, ou la levée est venue avant.',
  en: 'Nothing was done there: the case has changed meanwhile, or the lifting came first.',
}

/** `refusal` null: there was nothing to do. */
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
