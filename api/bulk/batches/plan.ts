/** What a batch would touch: its procedure, answers and filter checked as a whole, then its cases one by one. */

import type { z } from '@hono/zod-openapi'
import { fieldErrors } from '../../../cases/answers.ts'
import { circumstances } from '../../../cases/circumstances.ts'
import type { Answers } from '../../../cases/events.ts'
import { normalNumber } from '../../../cases/number.ts'
import type { FieldError, Refusal } from '../../../cases/refusals.ts'
import { asViewer } from '../../../database/as-viewer.ts'
import { type BatchFilter, type Candidate, candidates } from '../../../database/queries/batch-cases.ts'
import { activeUsers } from '../../../database/queries/named.ts'
import type { CompiledProcedure } from '../../../procedures/language/compiled.ts'
import { namedErrors } from '../../acts/check-named.ts'
import { telephonesHere } from '../../acts/training-telephones.ts'
import { splitAnswers } from '../../acts/split-answers.ts'
import { under, viewerOf } from '../../case/viewer.ts'
import type { Caller } from '../../context/deps.ts'
import { batchProcedures, batchRoles, mayBeginAt, mustHoldRole } from './may-begin.ts'
import { invalid } from './invalid.ts'
import type { BatchBody, BatchCases } from './schema.ts'

export interface Planned {
  procedure: CompiledProcedure
  answers: Answers
  waiting: Candidate[]
  /** At the asker's places, and left as they are. */
  running: { one: Candidate; refusal: Refusal }[]
  /** Known to the asker, who may not begin it there. */
  elsewhere: { one: Candidate; refusal: Refusal }[]
}
type Body = z.infer<typeof BatchBody>
type Filter = z.infer<typeof BatchCases>

/** Throws `role_required`, and `answers_invalid` with everything that is wrong at once. */
export const planned = async (caller: Caller, body: Body): Promise<Planned> => {
  const { deps, session, present, language } = caller
  const known = await batchProcedures(deps)
  const procedure = known.find(({ id }) => id === body.procedure)
  if (procedure === undefined) {
    const expected = known.map(({ id }) => id)
    throw invalid(caller, null, [{ pointer: '/procedure', code: 'not_an_option', expected }])
  }
  mustHoldRole(deps, session, procedure, language)
  const { answers, errors } = await answersOf(caller, procedure, body.answers)
  const found = [...errors, ...(await filterErrors(caller, body.cases))]
  if (found.length > 0) throw invalid(caller, procedure.id, found)
  const viewer = viewerOf(session)
  const filter = filterOf(caller, body.cases)
  const cases = await asViewer(deps.sql, viewer, (lists) => candidates(lists, viewer, filter, procedure.id))
  const unknown = unknownNumbers(body.cases, cases)
  if (unknown.length > 0) throw invalid(caller, procedure.id, unknown)
  const mine = cases.filter(({ place }) => mayBeginAt(session, present, procedure, place))
  return {
    procedure,
    answers,
    waiting: mine.filter(({ running }) => running === null),
    running: mine.flatMap((one) =>
      one.running === null ? [] : [{ one, refusal: { code: 'already_running' as const, run: one.running } }],
    ),
    elsewhere: cases
      .filter((one) => !mine.includes(one))
      .map((one) => {
        const who = batchRoles(procedure).map((role) => ({ role, place: one.place }))
        return { one, refusal: { code: 'role_required' as const, who } }
      }),
  }
}

/** Nothing that a batch says is personal: `check` sees to it. */
const answersOf = async (
  { deps, present }: Caller,
  { inputs }: CompiledProcedure,
  given: Record<string, unknown>,
): Promise<{ answers: Answers; errors: FieldError[] }> => {
  const now = circumstances(present)
  const { answers, errors, named } = splitAnswers(inputs, given, () => '', {
    now,
    telephones: telephonesHere(deps),
  })
  const own = fieldErrors(inputs, { answers, personal: {}, absent: {} }, { form: answers, outcome: '' }, now)
  return { answers, errors: [...errors, ...own, ...(await namedErrors(deps, present.now, named))] }
}

const filterErrors = async ({ deps, present }: Caller, filter: Filter): Promise<FieldError[]> => {
  if (Object.values(filter).every((value) => value === undefined)) return [{ pointer: '/cases', code: 'required' }]
  const { place, procedure, owner } = filter
  const noUser = owner !== undefined && !(await activeUsers(deps.sql, [owner])).has(owner)
  const noProcedure = procedure !== undefined && deps.country.procedures[procedure] === undefined
  return [
    ...(place !== undefined && !(place in present.settings.places)
      ? [{ pointer: '/cases/place', code: 'unknown_place' as const }]
      : []),
    ...(noProcedure ? [{ pointer: '/cases/procedure', code: 'not_an_option' as const }] : []),
    ...(noUser ? [{ pointer: '/cases/owner', code: 'not_an_option' as const }] : []),
  ]
}

const numbersOf = ({ numbers }: Filter): string[] | null => numbers?.map((one) => normalNumber(one) ?? one) ?? null

const filterOf = ({ present }: Caller, filter: Filter): BatchFilter => ({
  places: filter.place === undefined ? null : under(filter.place, present.settings),
  stage: filter.stage ?? null,
  procedure: filter.procedure ?? null,
  owner: filter.owner ?? null,
  numbers: numbersOf(filter),
})

/** Named one by one, each must be an open case of the asker's: whether another exists is not told. */
const unknownNumbers = (filter: Filter, found: Candidate[]): FieldError[] => {
  const known = new Set(found.map(({ number }) => number))
  return (numbersOf(filter) ?? []).flatMap((number, index) =>
    known.has(number) ? [] : [{ pointer: `/cases/numbers/${index}`, code: 'unknown_case' as const }],
  )
}
