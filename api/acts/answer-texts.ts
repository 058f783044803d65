/** Sentences of answers to an act that are the same for every act. */

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
