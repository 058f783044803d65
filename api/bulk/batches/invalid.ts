/** What is wrong with a batch, told field by field. */

import type { FieldError } from '../../../cases/refusals.ts'
import { labelsFor } from '../../case/load-case.ts'
import { refusalProblem } from '../../acts/refusal-to-problem.ts'
import type { Caller, Language } from '../../context/deps.ts'
import { type Problem, problem } from '../../problems/problem.ts'
import { withNames } from '../../texts/form-texts.ts'

const FIELDS: Record<Language, Record<string, string>> = {
  fr: {
    '/procedure': 'Procédure',
    '/cases': 'Quels dossiers',
    '/cases/place': 'Lieu',
    '/cases/procedure': 'Procédure en cours',
    '/cases/owner': 'Gestionnaire de cas',
  },
  en: {
    '/procedure': 'Procedure',
    '/cases': 'Which cases',
    '/cases/place': 'Place',
    '/cases/procedure': 'Procedure that is running',
    '/cases/owner': 'Case manager',
  },
}
const NUMBER: Record<Language, string> = { fr: 'Numéro', en: 'Number' }

export const invalid = (
  { deps, session, language }: Caller,
  procedure: string | null,
  errors: FieldError[],
): Problem => {
  const labels = labelsFor(deps, session, language, new Map())(null)
  const fieldLabel = (pointer: string): string => {
    const known = FIELDS[language][pointer]
    if (known !== undefined) return known
    const [, index] = /^\/cases\/numbers\/(\d+)$/.exec(pointer) ?? []
    return index === undefined ? labels.pointer(null, procedure, pointer) : `${NUMBER[language]} ${Number(index) + 1}`
  }
  const texts = { fields: deps.country.procedures[procedure ?? '']?.inputs }
  const context = {
    withNames: (error: FieldError) => withNames(error, texts, deps.country, language),
    language,
    labels,
    fieldLabel,
    people: () => [],
    because: () => null,
    number: '',
    kept: false,
    more: {},
  }
  return refusalProblem({ code: 'answers_invalid', errors }, context)
}

const NOTHING = {
  fr: 'Aucun dossier à toucher : aucun ne correspond, ou tous sont laissés de côté. L’aperçu dit pourquoi.',
  en: 'No case to touch: none matches, or all are left out. The preview says why.',
}
export const nothingToDo = (): Problem =>
  problem('answers_invalid', { errors: [{ pointer: '/cases', code: 'nothing_to_do', message: NOTHING }] })
