/** What an opening works with before its case exists: an empty state, the place as centre, the person kept apart. */

import { newCase } from '../../cases/evolve/index.ts'
import { FIRST_HASH } from '../../cases/chain.ts'
import type { CompiledProcedure } from '../../procedures/language/compiled.ts'
import { type LoadedCase, labelsFor, withProceduresFrom } from '../case/load-case.ts'
import type { Session } from '../context/session.ts'
import type { Deps, Language } from '../context/deps.ts'
import { keepPerson, personIn } from '../../database/queries/people.ts'

/** Stands in for the case's own key while an opening is rehearsed: a refused one leaves nothing behind. */
const REHEARSAL_KEY = FIRST_HASH

export const unopenedCase = async (
  deps: Deps,
  session: Session,
  language: Language,
  caseId: string,
  procedure: CompiledProcedure,
): Promise<LoadedCase> => {
  const [present, names] = await Promise.all([deps.present(), deps.names()])
  const state = newCase(caseId)
  return {
    caseId,
    number: '',
    session,
    language,
    state,
    seen: state,
    head: { seq: 0, hash: FIRST_HASH },
    incarnation: 1,
    world: {
      ...present,
      shelf: { [procedure.hash]: procedure },
      published: { [procedure.id]: procedure.hash },
    },
    commitmentKey: REHEARSAL_KEY,
    past: [],
    labelsOf: labelsFor(deps, session, language, names),
    withProceduresOf: withProceduresFrom(deps),
  }
}

/** The person of a case, kept apart for lists and search. */
export const keepWho = (deps: Deps, caseId: string, answers: Record<string, unknown>): Promise<void> =>
  keepPerson(deps.sql, deps.ring, caseId, personIn(answers))

/** The place of an opening is also its centre, when the form asks for one and it was not answered apart. */
export const withPlace = (
  procedure: CompiledProcedure,
  answers: Record<string, unknown>,
  place: string,
): Record<string, unknown> =>
  procedure.inputs.some((field) => field.id === 'centre') && answers['centre'] === undefined
    ? { ...answers, centre: place }
    : answers
