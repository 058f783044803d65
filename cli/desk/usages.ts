/** What each command of the desk takes, in both languages. */

import type { Usage } from '../command.ts'

const many = { type: 'string', multiple: true, default: [] as string[] } as const

export const OPTIONS = {
  outcome: { type: 'string', value: 'ID', says: { fr: 'comment l’étape se termine', en: 'how the step ends' } },
  answer: { ...many, value: 'field=value', says: { fr: 'une réponse du formulaire', en: 'an answer of the form' } },
  absent: {
    ...many,
    value: 'field=refused',
    says: {
      fr: 'la personne refuse de répondre, ou ne sait pas (unknown)',
      en: 'the person refuses to say, or does not know (unknown)',
    },
  },
  paper: {
    ...many,
    value: 'evidence=where',
    says: { fr: 'une pièce sur papier, et où elle est', en: 'a piece of evidence on paper, and where it is' },
  },
  happened: {
    type: 'string',
    value: 'DATE',
    says: { fr: 'quand cela s’est passé, si ce n’est pas maintenant', en: 'when it happened, if not now' },
  },
  via: {
    type: 'string',
    value: 'phone|paper',
    says: { fr: 'par téléphone, ou d’après un papier', en: 'by telephone, or from a paper' },
  },
  place: {
    type: 'string',
    value: 'ID',
    says: { fr: 'seulement ce lieu et ce qui en dépend', en: 'only this place and what is under it' },
  },
  limit: {
    type: 'string',
    value: 'N',
    says: { fr: 'au plus N lignes (25 sinon, 200 au plus)', en: 'at most N lines (25 otherwise, 200 at most)' },
  },
  lang: {
    type: 'string',
    value: 'fr|en',
    default: 'fr',
    says: { fr: 'la langue de la réponse', en: 'the language of the answer' },
  },
  json: {
    type: 'boolean',
    default: false,
    says: { fr: 'la réponse telle que l’interface la donne', en: 'the answer as the API gives it' },
  },
  url: {
    type: 'string',
    value: 'ADDRESS',
    says: {
      fr: 'une autre adresse que celle de la connexion',
      en: 'another address than the one signed in at',
    },
  },
} as const
type DeskUsage = Omit<Usage<typeof OPTIONS>, 'name' | 'options'> & { takes: readonly (keyof typeof OPTIONS)[] }

const LIST = ['place', 'limit'] as const
const USAGES = {
  'sign-in': {
    forms: ['USER'],
    words: [1, 1],
    takes: [],
    says: {
      fr: 'Se connecter ; le secret est demandé, et le jeton gardé dans un fichier à vous seul.',
      en: 'Sign in; the secret is asked for, and the token kept in a file of your own.',
    },
  },
  'sign-out': {
    takes: [],
    says: { fr: 'Rendre le jeton sans valeur et l’oublier.', en: 'Make the token worthless and forget it.' },
  },
  work: {
    takes: LIST,
    says: { fr: 'Ce qui vous attend, le plus urgent d’abord.', en: 'What waits for you, worst first.' },
  },
  overdue: {
    takes: LIST,
    says: { fr: 'Ce qui est en retard dans vos lieux.', en: 'What is late at your places.' },
  },
  show: {
    forms: ['CASE | ITEM'],
    words: [1, 1],
    takes: [],
    says: {
      fr: 'Un dossier (26-3416-724), ou une étape avec son formulaire (26-3416-724.plan-k7m.draft.1).',
      en: 'A case (26-3416-724), or a step with its form (26-3416-724.plan-k7m.draft.1).',
    },
  },
  explain: {
    forms: ['CASE'],
    words: [1, 1],
    takes: [],
    says: {
      fr: 'Pourquoi un dossier attend, qui, selon quelle règle, et ce qui arrive si personne n’agit.',
      en: 'Why a case waits, for whom, by which rule, and what happens if nobody acts.',
    },
  },
  complete: {
    forms: ['ITEM --outcome ID [--answer field=value …] [--paper evidence=where …]'],
    words: [1, 1],
    takes: ['outcome', 'answer', 'absent', 'paper', 'happened', 'via'],
    says: {
      fr: 'Terminer une étape ; ce qui manque au formulaire est demandé.',
      en: 'End a step; what the form still wants is asked for.',
    },
  },
} as const satisfies Record<string, DeskUsage>
export type DeskCommand = keyof typeof USAGES

export function usageOf(name: DeskCommand): Usage<typeof OPTIONS> {
  const { takes, ...usage }: DeskUsage = USAGES[name]
  return { ...usage, name, options: OPTIONS, takes: [...takes, 'lang', 'json', 'url'] }
}
