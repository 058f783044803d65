/** The members of a consent, as a form asks for them. */

import type { Language } from '../context/deps.ts'

const WORDS: Record<Language, Record<string, string>> = {
  fr: {
    state: 'Décision de la personne',
    given: 'Consentement donné',
    refused: 'Consentement refusé',
    override: 'On passe outre : une vie est en danger',
    form: 'Comment il est recueilli',
    written: 'Par écrit',
    recorded: 'Enregistrement de la voix',
    oral: 'De vive voix',
    proxy: 'Par un représentant',
    language: 'Langue dans laquelle il a été expliqué',
    until: 'Valable jusqu’au',
  },
  en: {
    state: 'What the person decided',
    given: 'Consent given',
    refused: 'Consent refused',
    override: 'Passed over: a life is at risk',
    form: 'How it is taken',
    written: 'In writing',
    recorded: 'Voice recording',
    oral: 'By word of mouth',
    proxy: 'Through a representative',
    language: 'Language in which it was explained',
    until: 'Valid until',
  },
}

/** `override`: whether somebody may go on without it. */
export function consentFields(override: boolean, language: Language) {
  const named = (id: string) => ({ id, label: WORDS[language][id] ?? id })
  return [
    {
      ...named('state'),
      type: 'choice' as const,
      required: true,
      options: ['given', 'refused', ...(override ? ['override'] : [])].map(named),
    },
    {
      ...named('form'),
      type: 'choice' as const,
      required: true,
      options: ['written', 'recorded', 'oral', 'proxy'].map(named),
    },
    { ...named('language'), type: 'text' as const, required: true },
    { ...named('until'), type: 'date' as const, required: false },
  ]
}
