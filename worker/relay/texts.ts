/** What a mail says: case number, step and date at most; of a restricted step, only that something waits. */

import { deadlineInstantText } from '../../cases/words/dates.ts'
import type { Language } from '../../cases/words/language.ts'
import type { MailSubject } from '../../database/queries/mail.ts'
import type { OutboxClaim } from '../../database/queries/outbox.ts'
import type { Country } from '../../procedures/language/index.ts'

export interface Line {
  claim: OutboxClaim
  about: MailSubject
}
export interface Wording {
  country: Country
  training: boolean
  /** The link answers only with a code that comes by telephone. */
  coded: boolean
  today: string
}
export interface Words {
  subject: string
  text: string
}

const FIXED = {
  fr: {
    training: '[Formation] ',
    several: (n: number) => `${n} étapes demandent votre attention`,
    opening: 'Bonjour,\n\nPlusieurs étapes demandent votre attention :',
    closing: (link: string) => `Tout se trouve ici : ${link}\n\nMerci pour votre travail.`,
    restricted: 'Segin : quelque chose vous attend',
    signIn: (link: string) => `Bonjour,\n\nQuelque chose vous attend. Connectez-vous pour le lire : ${link}\n\nMerci.`,
    step: 'étape',
    code: 'Pour répondre par ce lien, il faut un code : l’équipe qui suit la personne vous le dit au téléphone.',
  },
  en: {
    training: '[Training] ',
    several: (n: number) => `${n} steps need your attention`,
    opening: 'Hello,\n\nSeveral steps need your attention:',
    closing: (link: string) => `Everything is here: ${link}\n\nThank you for your work.`,
    restricted: 'Segin: something is waiting for you',
    signIn: (link: string) => `Hello,\n\nSomething is waiting for you. Sign in to read it: ${link}\n\nThank you.`,
    step: 'step',
    code: 'To answer by this link you need a code: the team that follows the person tells you by telephone.',
  },
} as const

/** One text for every language that its readers read, French first. */
export function wordsOf(lines: Line[], link: string, languages: Language[], wording: Wording): Words {
  const all = (['fr', 'en'] as const).filter((language) => languages.includes(language))
  const each = all.map((language) => inLanguage(lines, link, language, wording))
  return { subject: each[0]?.subject ?? '', text: each.map((one) => one.text.trim()).join('\n\n— — —\n\n') }
}

function inLanguage(lines: Line[], link: string, language: Language, wording: Wording): Words {
  const fixed = FIXED[language]
  const { subject, text } = untold(lines, link, language, wording)
  const whole = wording.coded ? `${text.trim()}\n\n${fixed.code}` : text
  return { subject: wording.training ? `${fixed.training}${subject}` : subject, text: whole }
}

function untold(lines: Line[], link: string, language: Language, wording: Wording): Words {
  const fixed = FIXED[language]
  const [only] = lines
  if (only?.claim.restricted) return { subject: fixed.restricted, text: fixed.signIn(link) }
  if (only && lines.length === 1) {
    const notice = wording.country.notices[only.claim.notice]?.[language]
    if (!notice) return { subject: only.claim.number, text: fixed.closing(link) }
    return {
      subject: filled(notice.subject, only, link, language, wording),
      text: filled(notice.body, only, link, language, wording),
    }
  }
  const list = lines.map((line) => listed(line, link, language, wording)).join('\n')
  return { subject: fixed.several(lines.length), text: `${fixed.opening}\n\n${list}\n\n${fixed.closing(link)}` }
}

function listed(line: Line, link: string, language: Language, wording: Wording): string {
  const notice = wording.country.notices[line.claim.notice]?.[language]
  const said = notice ? filled(notice.subject, line, link, language, wording) : line.claim.number
  return `- ${said} — ${titleOf(line, language)}`
}

function filled(text: string, line: Line, link: string, language: Language, { today }: Wording): string {
  // An outcome is told with the day it came; everything else with the day it is due, while that is known.
  const at = line.claim.notice === 'outcome' ? line.claim.due : (line.about.due ?? line.claim.due)
  const values: Record<string, string> = {
    case: line.claim.number,
    step: titleOf(line, language),
    date: deadlineInstantText(at.getTime(), language, today),
    link,
  }
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

const titleOf = ({ about }: Line, language: Language): string => about.title?.[language] ?? FIXED[language].step
