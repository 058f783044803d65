/** The person of a case, kept apart for lists and search. */

import { keepPerson, personIn } from '../../../database/queries/people.ts'
import type { Deps } from '../../context/deps.ts'

export const keepWho = (deps: Deps, caseId: string, answers: Record<string, unknown>): Promise<void> =>
  keepPerson(deps.sql, deps.ring, caseId, personIn(answers))
