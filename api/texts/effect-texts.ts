/** The sentences of what an act would lead to. */

import type { ConsentState } from '../../cases/events.ts'
import type { Language } from '../context/deps.ts'

interface EffectWords {
  ends: (step: string, outcome: string) => string
  /** `whom` and `when`: null where nobody is named, or no deadline runs. */
  opens: (step: string, whom: string | null, when: string | null) => string
  waits: (step: string, when: string) => string
  notNeeded: (step: string) => string
  begins: (procedure: string) => string
  stops: (procedure: string) => string
  moves: (step: string, when: string) => string
  /** `sent`: how many rungs had spoken. */
  annulled: (step: string, sent: number) => string
  given: (step: string, to: string) => string
  told: (whom: string, step: string) => string
  stoodOnIt: (step: string, whom: string, on: string) => string
  disclosed: (to: string, what: string[]) => string
  consent: Record<ConsentState, (purpose: string) => string>
  proposed: (step: string, outcome: string) => string
  held: (step: string) => string
  resumed: (step: string) => string
  closes: string
  reopens: string
}
const after = (mark: string, text: string | null): string => (text === null ? '' : `${mark}${text}`)

export const EFFECT_WORDS: Record<Language, EffectWords> = {
  fr: {
    ends: (step, outcome) => `« ${step} » se termine : ${outcome}.`,
    opens: (step, whom, when) => `« ${step} » s’ouvre${after(' pour : ', whom)}${after(' ; échéance : ', when)}.`,
    waits: (step, when) => `« ${step} » attend son jour : ${when}.`,
    notNeeded: (step) => `« ${step} » n’est plus demandée.`,
    begins: (procedure) => `La procédure « ${procedure} » commence.`,
    stops: (procedure) => `La procédure « ${procedure} » s’arrête.`,
    moves: (step, when) => `L’échéance de « ${step} » change : ${when}.`,
    annulled: (step, sent) =>
      `Le retard noté pour « ${step} » est annulé${sent === 0 ? '' : ' ; ce qui était déjà parti ne peut être repris'}.`,
    given: (step, to) => `« ${step} » passe à : ${to}.`,
    told: (whom, step) => `Prévenu(e) au sujet de « ${step} » : ${whom}.`,
    stoodOnIt: (step, whom, on) =>
      `« ${step} » (${whom}, ${on}) portait sur l’ancienne réponse : rien n’est défait, et son auteur en est averti.`,
    disclosed: (to, what) => `Est communiqué à ${to} : ${what.join(', ')}.`,
    consent: {
      given: (purpose) => `Le consentement « ${purpose} » est donné.`,
      refused: (purpose) => `Le consentement « ${purpose} » est refusé.`,
      withdrawn: (purpose) => `Le consentement « ${purpose} » est retiré.`,
      ended: (purpose) => `Le consentement « ${purpose} » prend fin.`,
      override: (purpose) => `On passe outre au consentement « ${purpose} », une vie étant en danger.`,
    },
    proposed: (step, outcome) =>
      `La fin hors procédure de « ${step} » (${outcome}) est proposée : une seconde personne doit la confirmer.`,
    held: (step) => `Le délai de « ${step} » est mis en pause.`,
    resumed: (step) => `Le délai de « ${step} » reprend.`,
    closes: 'Le dossier est clos.',
    reopens: 'Le dossier est rouvert.',
  },
  en: {
    ends: (step, outcome) => `“${step}” ends: ${outcome}.`,
    opens: (step, whom, when) => `“${step}” opens${after(' for: ', whom)}${after('; due: ', when)}.`,
    waits: (step, when) => `“${step}” waits for its day: ${when}.`,
    notNeeded: (step) => `“${step}” is no longer asked for.`,
    begins: (procedure) => `The procedure “${procedure}” begins.`,
    stops: (procedure) => `The procedure “${procedure}” stops.`,
    moves: (step, when) => `The deadline of “${step}” changes: ${when}.`,
    annulled: (step, sent) =>
      `The delay noted for “${step}” is annulled${sent === 0 ? '' : '; what was sent already cannot be taken back'}.`,
    given: (step, to) => `“${step}” goes to: ${to}.`,
    told: (whom, step) => `Told about “${step}”: ${whom}.`,
    stoodOnIt: (step, whom, on) =>
      `“${step}” (${whom}, ${on}) stood on the old answer: nothing is undone, and whoever decided it is told.`,
    disclosed: (to, what) => `${to} is told: ${what.join(', ')}.`,
    consent: {
      given: (purpose) => `The consent “${purpose}” is given.`,
      refused: (purpose) => `The consent “${purpose}” is refused.`,
      withdrawn: (purpose) => `The consent “${purpose}” is withdrawn.`,
      ended: (purpose) => `The consent “${purpose}” ends.`,
      override: (purpose) => `The consent “${purpose}” is passed over, since a life is at risk.`,
    },
    proposed: (step, outcome) =>
      `The ending out of turn of “${step}” (${outcome}) is proposed: a second person must confirm it.`,
    held: (step) => `The clock of “${step}” stands still.`,
    resumed: (step) => `The clock of “${step}” runs again.`,
    closes: 'The case is closed.',
    reopens: 'The case is reopened.',
  },
}
