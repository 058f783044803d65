/** What was found in words, and the first thing to do about it. */

import { TROUBLES } from '../../api/texts/troubles.ts'
import type { Trouble } from '../../api/health/troubles.ts'
import type { Finding, Part, Said } from './findings.ts'
import { english } from './words-en.ts'
import { french } from './words-fr.ts'

export type Language = 'fr' | 'en'

export const PARTS: Record<Part, Record<Language, string>> = {
  settings: { fr: 'Réglages', en: 'Settings' },
  keys: { fr: 'Clés', en: 'Keys' },
  disk: { fr: 'Disque', en: 'Disk' },
  database: { fr: 'Base de données', en: 'Database' },
  engine: { fr: 'Moteur', en: 'Engine' },
  workers: { fr: 'Workers', en: 'Workers' },
  mail: { fr: 'Courrier', en: 'Mail' },
  cases: { fr: 'Dossiers', en: 'Cases' },
}
export const SUMMARY = {
  fr: {
    well: 'Tout va bien.',
    found: (n: number) => `${n} ${n === 1 ? 'point demande' : 'points demandent'} une intervention.`,
    skipped: 'pas regardé : ce dont cela dépend ne répond pas',
  },
  en: {
    well: 'All is well.',
    found: (n: number) => `${n} ${n === 1 ? 'point needs' : 'points need'} a hand.`,
    skipped: 'not looked at: what it stands on does not answer',
  },
} as const

export function inWords(finding: Finding, language: Language): Said {
  if (finding.code === 'trouble') return troubled(finding.trouble, language)
  return language === 'fr' ? french(finding) : english(finding)
}

function troubled(trouble: Trouble, language: Language): Said {
  const { kind, why, count, role, place, since } = trouble
  const more = [trouble.case, role, place, why, count, since?.toISOString().slice(0, 16)]
  const about = more.filter((one) => one !== undefined && one !== null).join(', ')
  const [first = '', ...todo] = TROUBLES[kind][language].split(/(?<=[.:]) /)
  const what = first.replace(/\s*[.:]$/, '')
  return [about === '' ? `${what}.` : `${what} (${about}).`, todo.join(' ')]
}
