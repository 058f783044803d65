/** `segin COMMAND --help`, in the language of whoever asks. */

import type { Language } from './words.ts'

interface Help {
  /** What follows the command. */
  takes: string
  says: Record<Language, string>
  options?: Record<string, Record<Language, string>>
}

const LIST = {
  '--place ID': { fr: 'seulement ce lieu et ce qui en dépend', en: 'only this place and what is under it' },
  '--limit N': { fr: 'au plus N lignes (25 sinon, 200 au plus)', en: 'at most N lines (25 otherwise, 200 at most)' },
}
const HELP: Record<string, Help> = {
  'sign-in': {
    takes: 'USER [--url ADDRESS]',
    says: {
      fr: 'Se connecter ; le secret est demandé, et le jeton gardé dans un fichier à vous seul.',
      en: 'Sign in; the secret is asked for, and the token kept in a file of your own.',
    },
  },
  'sign-out': {
    takes: '',
    says: { fr: 'Rendre le jeton sans valeur et l’oublier.', en: 'Make the token worthless and forget it.' },
  },
  work: {
    takes: '[--place ID] [--limit N]',
    says: { fr: 'Ce qui vous attend, le plus urgent d’abord.', en: 'What waits for you, worst first.' },
    options: LIST,
  },
  overdue: {
    takes: '[--place ID] [--limit N]',
    says: { fr: 'Ce qui est en retard dans vos lieux.', en: 'What is late at your places.' },
    options: LIST,
  },
  show: {
    takes: 'CASE | ITEM',
    says: {
      fr: 'Un dossier (26-3416-724), ou une étape avec son formulaire (26-3416-724.plan-k7m.draft.1).',
      en: 'A case (26-3416-724), or a step with its form (26-3416-724.plan-k7m.draft.1).',
    },
  },
  explain: {
    takes: 'CASE',
    says: {
      fr: 'Pourquoi un dossier attend, qui, selon quelle règle, et ce qui arrive si personne n’agit.',
      en: 'Why a case waits, for whom, by which rule, and what happens if nobody acts.',
    },
  },
  complete: {
    takes: 'ITEM --outcome ID [--answer field=value …] [--paper evidence=where …]',
    says: {
      fr: 'Terminer une étape ; ce qui manque au formulaire est demandé.',
      en: 'End a step; what the form still wants is asked for.',
    },
    options: {
      '--absent field=refused': {
        fr: 'la personne refuse de répondre, ou ne sait pas (unknown)',
        en: 'the person refuses to say, or does not know (unknown)',
      },
      '--happened DATE': {
        fr: 'quand cela s’est passé, si ce n’est pas maintenant',
        en: 'when it happened, if not now',
      },
      '--via phone|paper': { fr: 'par téléphone, ou d’après un papier', en: 'by telephone, or from a paper' },
    },
  },
}
const ALWAYS = {
  '--lang fr|en': { fr: 'la langue de la réponse', en: 'the language of the answer' },
  '--json': { fr: 'la réponse telle que l’interface la donne', en: 'the answer as the API gives it' },
  '--url ADDRESS': {
    fr: 'une autre adresse que celle de la connexion',
    en: 'another address than the one signed in at',
  },
}

/** null for no command of the desk. */
export function helpLines(name: string, language: Language): string[] | null {
  const help = HELP[name]
  if (help === undefined) return null
  const usage = `${language === 'fr' ? 'Usage :' : 'Usage:'} segin ${name} ${help.takes}`.trimEnd()
  const options = Object.entries({ ...help.options, ...ALWAYS })
  return [usage, '', help.says[language], '', ...options.map(([one, says]) => `  ${one.padEnd(24)}${says[language]}`)]
}
