/** What is wrong with the shape of a request. Names of members and types only: what was sent may be personal. */

import type { z } from '@hono/zod-openapi'
import type { Language } from '../context/deps.ts'
import { memberName } from './members.ts'

type Issue = z.core.$ZodIssue

const TYPES: Record<string, readonly [string, string]> = {
  string: ['un texte', 'text'],
  number: ['un nombre', 'a number'],
  int: ['un nombre entier', 'a whole number'],
  boolean: ['true ou false', 'true or false'],
  array: ['une liste', 'a list'],
  object: ['un objet', 'an object'],
  record: ['un objet', 'an object'],
}
/** The member that a client filled wrongly, as it is called to people; the whole request when there is none. */
const member = (issue: Issue, language: Language): string => {
  const name = issue.path.findLast((part) => typeof part === 'string')
  if (name === undefined) return language === 'fr' ? 'La demande' : 'The request'
  return language === 'fr' ? `« ${memberName(name, 'fr')} »` : `“${memberName(name, 'en')}”`
}
const missing = ({ path, message }: Issue): boolean => path.length > 0 && message.endsWith('received undefined')

const inFrench = (issue: Issue, what: string): string => {
  switch (issue.code) {
    case 'invalid_type':
      return missing(issue)
        ? `Indiquez ${what}.`
        : `${what} : il faut ici ${TYPES[issue.expected]?.[0] ?? issue.expected}.`
    case 'invalid_value':
      return `${what} : ce n’est pas un des choix.`
    case 'too_big':
      return issue.origin === 'string'
        ? `${what} est trop long : ${issue.maximum} caractères au plus.`
        : `${what} : au plus ${issue.maximum}.`
    case 'too_small':
      if (issue.origin !== 'string') return `${what} : au moins ${issue.minimum}.`
      return issue.minimum === 1
        ? `Indiquez ${what}.`
        : `${what} est trop court : ${issue.minimum} caractères au moins.`
    case 'unrecognized_keys':
      return 'Ce membre est inconnu.'
    case 'custom':
      return 'Ce n’est pas le nom d’un champ.'
    default:
      return `${what} n’est pas lisible sous cette forme.`
  }
}
const inEnglish = (issue: Issue, what: string): string => {
  switch (issue.code) {
    case 'invalid_type':
      return missing(issue)
        ? `Give ${what}.`
        : `${what}: expected here is ${TYPES[issue.expected]?.[1] ?? issue.expected}.`
    case 'invalid_value':
      return `${what}: this is not one of the choices.`
    case 'too_big':
      return issue.origin === 'string'
        ? `${what} is too long: ${issue.maximum} characters at most.`
        : `${what}: at most ${issue.maximum}.`
    case 'too_small':
      if (issue.origin !== 'string') return `${what}: at least ${issue.minimum}.`
      return issue.minimum === 1 ? `Give ${what}.` : `${what} is too short: ${issue.minimum} characters at least.`
    case 'unrecognized_keys':
      return 'This member is unknown.'
    case 'custom':
      return 'This is not the name of a field.'
    default:
      return `${what} cannot be read in this form.`
  }
}
export const malformedText = (issue: Issue): Record<Language, string> => ({
  fr: inFrench(issue, member(issue, 'fr')),
  en: inEnglish(issue, member(issue, 'en')),
})
