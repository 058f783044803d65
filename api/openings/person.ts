/** The person of a case, kept apart for lists and search: whatever the opening asks under these names. */

import { keepPerson, type Person } from '../../database/queries/people.ts'
import type { Deps } from '../deps.ts'

const MEMBERS = ['name', 'birth', 'sex', 'phone', 'language'] as const

export const keepWho = async (deps: Deps, caseId: string, answers: Record<string, unknown>): Promise<void> => {
  const known = MEMBERS.flatMap((member) => {
    const value = answers[member]
    return typeof value === 'string' ? [[member, value] as const] : []
  })
  const person: Person = Object.fromEntries(known)
  await keepPerson(deps.sql, deps.ring, caseId, person)
}
