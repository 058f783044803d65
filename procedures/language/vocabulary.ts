/** Reads the files beside the procedures. */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import type { Country, Notice } from './country.ts'
import type { Problem, Report } from './problem.ts'
import { reportIssues } from './shapes/issues.ts'
import {
  calendarFile,
  countryFile,
  factsFile,
  gatesFile,
  instrumentsFile,
  listsFile,
  noticesFile,
  partnersFile,
  placesFile,
  purposesFile,
  ratesFile,
  rolesFile,
  sourcesFile,
} from './shapes/vocabulary.ts'
import { readSource } from './source.ts'
import type { SourceFile } from './source.ts'

export type Vocabulary = Omit<Country, 'procedures'>
/** By file name, for reporting into the file that is wrong. */
export type Reports = Record<string, Report>

/** Null when any of the files cannot be used: nothing that refers to them could then be judged. */
export function readVocabulary(folder: string, problems: Problem[], reports: Reports): Vocabulary | null {
  const read = <S extends z.ZodType>(file: string, shape: S, needed = true): z.infer<S> | null => {
    const source = sourceOf(folder, file, needed, problems)
    if (!source) return null
    reports[file] = source.report
    const parsed = shape.safeParse(source.value)
    if (parsed.success) return parsed.data
    reportIssues(parsed.error.issues, source.value, source.report)
    return null
  }
  const country = read('country.yaml', countryFile)
  const facts = read('facts.yaml', factsFile)
  const gates = read('gates.yaml', gatesFile)
  const roles = read('roles.yaml', rolesFile)
  const places = read('places.yaml', placesFile)
  const lists = read('lists.yaml', listsFile)
  const purposes = read('purposes.yaml', purposesFile)
  const calendar = read('calendar.yaml', calendarFile)
  const rates = read('rates.yaml', ratesFile, false)
  const sources = read('sources.yaml', sourcesFile)
  const notices = read('notices.yaml', noticesFile)
  const instruments = read('instruments.yaml', instrumentsFile, false)
  const partners = read('partners.example.yaml', partnersFile, false)
  if (!country || !facts || !gates || !roles || !places || !lists || !purposes) return null
  if (!calendar || !sources || !notices) return null
  return {
    id: country.id,
    title: country.title,
    whatNext: country.what_next,
    suspension: country.suspension,
    stages: country.stages,
    trainingTelephones: country.training_telephones ?? null,
    ...facts,
    ...gates,
    ...roles,
    ...places,
    ...lists,
    purposes: purposes.purposes,
    consentRequires: purposes.requires ?? [],
    rates: rates?.rates ?? {},
    calendar,
    ...sources,
    notices: noticeTexts(folder, Object.keys(notices.notices), problems),
    instruments: instruments?.instruments ?? {},
    partners: partners?.partners ?? {},
  }
}

/** Null when the file is not there, or is not YAML. */
export function sourceOf(folder: string, file: string, needed: boolean, problems: Problem[]): SourceFile | null {
  const path = join(folder, file)
  if (!existsSync(path)) {
    const message = `The file \`${file}\` is missing: a country folder needs it.`
    if (needed) problems.push({ file, line: 1, column: 1, code: 'missing_file', message })
    return null
  }
  const source = readSource(file, readFileSync(path, 'utf8'), problems)
  return source.value === null ? null : source
}

function noticeTexts(folder: string, ids: string[], problems: Problem[]): Record<string, Notice> {
  return Object.fromEntries(
    ids.map((id) => [id, { fr: noticeText(folder, id, 'fr', problems), en: noticeText(folder, id, 'en', problems) }]),
  )
}

function noticeText(
  folder: string,
  id: string,
  language: string,
  problems: Problem[],
): { subject: string; body: string } {
  const file = `notices/${id}.${language}.md`
  const add = (code: Problem['code'], message: string) => {
    problems.push({ file, line: 1, column: 1, code, message })
    return { subject: '', body: '' }
  }
  const path = join(folder, file)
  if (!existsSync(path))
    return add('missing_file', `The file \`${file}\` is missing: every notice has a text in French and in English.`)
  const [first = '', ...rest] = readFileSync(path, 'utf8').split('\n')
  if (!first.startsWith('# ')) return add('wrong_shape', 'The first line of a notice must be `# ` and its subject.')
  return { subject: first.slice(2).trim(), body: rest.join('\n').trim() }
}
