/** One sentence about what became of an act, in the language of the request. */

import type { ActName } from '../../cases/actions.ts'
import { uncapitalised } from '../../cases/words/language.ts'
import type { Language } from '../context/deps.ts'

/** `step` and `outcome` are labels; null where the act names none. */
export interface Told {
  step: string | null
  outcome: string | null
  deadline: string | null
}

const ended = (told: Told): string =>
  `${told.step ?? ''}${told.outcome === null ? '' : ` : ${uncapitalised(told.outcome)}`}`

const FR: Record<ActName, (told: Told) => string> = {
  open_case: () => 'Dossier ouvert.',
  complete_step: (told) => `Étape terminée — ${ended(told)}.`,
  override_step: (told) => `Fin hors procédure proposée — ${told.step ?? ''}. Une seconde personne doit la confirmer.`,
  countersign: (told) => `Fin hors procédure confirmée — ${ended(told)}.`,
  reopen_step: (told) => `Étape rouverte — ${told.step ?? ''}.`,
  assign_step: (told) => `Étape confiée — ${told.step ?? ''}.`,
  delegate: (told) => `Étape déléguée — ${told.step ?? ''}.`,
  extend_clock: (told) => `Échéance reportée : ${uncapitalised(told.deadline ?? '')}.`,
  suspend: () => 'Dossier suspendu.',
  resume: () => 'Dossier repris.',
  begin_procedure: () => 'Procédure commencée.',
  correct_answer: (told) => `Réponse corrigée — ${told.step ?? ''}.`,
  correct_opening: () => 'Renseignements de départ corrigés.',
  record_consent: () => 'Consentement noté.',
  withdraw_consent: () => 'Retrait du consentement noté.',
  change_case_manager: () => 'Gestionnaire de cas changé.',
  hand_over: () => 'Travail transmis.',
  hand_back: () => 'Travail rendu.',
  lift_batch: () => 'Levé.',
  add_note: () => 'Note ajoutée.',
  add_people: () => 'Personnes ajoutées.',
}
const EN: Record<ActName, (told: Told) => string> = {
  open_case: () => 'Case opened.',
  complete_step: (told) => `Step ended — ${ended(told)}.`,
  override_step: (told) => `Ending out of turn proposed — ${told.step ?? ''}. A second person must confirm it.`,
  countersign: (told) => `Ending out of turn confirmed — ${ended(told)}.`,
  reopen_step: (told) => `Step re-opened — ${told.step ?? ''}.`,
  assign_step: (told) => `Step assigned — ${told.step ?? ''}.`,
  delegate: (told) => `Step delegated — ${told.step ?? ''}.`,
  extend_clock: (told) => `Deadline moved: ${uncapitalised(told.deadline ?? '')}.`,
  suspend: () => 'Case suspended.',
  resume: () => 'Case resumed.',
  begin_procedure: () => 'Procedure begun.',
  correct_answer: (told) => `Answer corrected — ${told.step ?? ''}.`,
  correct_opening: () => 'What was told at the opening is corrected.',
  record_consent: () => 'Consent recorded.',
  withdraw_consent: () => 'Withdrawal of consent recorded.',
  change_case_manager: () => 'Case manager changed.',
  hand_over: () => 'Work handed over.',
  hand_back: () => 'Work handed back.',
  lift_batch: () => 'Lifted.',
  add_note: () => 'Note added.',
  add_people: () => 'People added.',
}

export const actText = (act: ActName, told: Told, language: Language): string =>
  (language === 'fr' ? FR : EN)[act](told)

export const PREVIEW_TEXT = { fr: 'Ce que cela entraînerait.', en: 'What this would lead to.' }
export const CONFIRM = { fr: 'Confirmer', en: 'Confirm' }
export const KEY_USED = {
  fr: (when: string, what: string) => `Clé utilisée le ${when} : « ${what} » Envoyez avec une nouvelle clé.`,
  en: (when: string, what: string) => `Key used on ${when}: “${what}” Send with a new key.`,
}
export const ACCEPTED_TEXT = {
  fr: 'Bien reçu, en cours d’enregistrement. Ne renvoyez pas.',
  en: 'Received and being recorded. Do not send it again.',
}
export const ENDED_TEXT = {
  fr: { met: 'Dans le délai.', late: 'Terminée' },
  en: { met: 'In time.', late: 'Ended' },
}
