/** The rows of people that an arrival is given: each is judged alone, one refused does not refuse the others. */

import { randomInt } from 'node:crypto'
import { fieldErrors } from '../../../cases/answers.ts'
import { openingActionId } from '../../../cases/arrival-row.ts'
import { circumstances } from '../../../cases/circumstances.ts'
import { caseNumber } from '../../../cases/number.ts'
import type { FieldError } from '../../../cases/refusals.ts'
import { fieldErrorText } from '../../../cases/words/field-errors.ts'
import { commitmentKeyOf } from '../../../database/case-keys.ts'
import { openCaseRow } from '../../../database/ledger.ts'
import { caseById } from '../../../database/queries/one-case.ts'
import type { CompiledProcedure, StartStep } from '../../../procedures/language/compiled.ts'
import type { LoadedCase } from '../../case/load-case.ts'
import { derivedCaseId } from '../../case/idempotency.ts'
import { telephonesHere } from '../../acts/training-telephones.ts'
import { type Inputs, type Secret, bodyReader } from '../../acts/read-body.ts'
import { sealSecrets } from '../../acts/seal.ts'
import type { Deps } from '../../context/deps.ts'
import { keepWho } from '../unopened-case.ts'
import { problem } from '../../problems/problem.ts'
import { withNames } from '../../texts/form-texts.ts'
import type { RowBody } from './schema.ts'

export interface GivenRow {
  row: string
  [input: string]: unknown
}
export interface GoodRow extends Inputs {
  row: string
  caseId: string
  number: string
}
export type Judged = { kind: 'good'; given: GivenRow } | { kind: 'refused'; row: string; errors: RowBody['errors'] }

const NUMBER_TRIES = 20

/** What a row of this arrival opens; the inputs that the arrival itself gives are not asked of the row. */
export const rowProcedure = async (deps: Deps, loaded: LoadedCase): Promise<CompiledProcedure> => {
  const starts = Object.values(loaded.seen.runs).flatMap((run) =>
    (loaded.world.shelf[run.procedure.hash]?.steps ?? []).filter(
      (step): step is StartStep => step.kind === 'start' && step.each === 'people',
    ),
  )
  const [start] = starts
  const [procedure] = start === undefined ? [] : await deps.newest([start.start])
  if (start === undefined || procedure === undefined) throw problem('not_found')
  return { ...procedure, inputs: procedure.inputs.filter((field) => start.with[field.id] === undefined) }
}

const made = (deps: Deps, loaded: LoadedCase, procedure: CompiledProcedure, given: GivenRow, commitmentKey: string) => {
  const { row: _key, ...answers } = given
  const now = circumstances(loaded.world)
  const { reader, result } = bodyReader({
    state: null,
    shelf: {},
    now,
    published: () => procedure,
    commitmentKey,
    telephones: telephonesHere(deps),
  })
  return { inputs: reader.inputs(procedure.id, { answers, absent: {} }), result }
}

const shownErrors = (
  { country }: Deps,
  loaded: LoadedCase,
  procedure: CompiledProcedure,
  index: number,
  errors: FieldError[],
) =>
  errors.map((error) => ({
    pointer: error.pointer.replace('/answers', `/people/${index}`),
    code: error.code,
    message: fieldErrorText(
      withNames(error, { fields: country.procedures[procedure.id]?.inputs }, country, loaded.language),
      loaded.language,
      loaded.labelsOf(null).pointer(null, procedure.id, error.pointer),
    ),
    ...(error.expected === undefined ? {} : { expected: error.expected }),
  }))

export const judge = (deps: Deps, loaded: LoadedCase, procedure: CompiledProcedure, people: GivenRow[]): Judged[] =>
  people.map((given, index) => {
    const { inputs, result } = made(deps, loaded, procedure, given, loaded.commitmentKey)
    const names = { form: inputs.answers, outcome: '' }
    const errors = [...fieldErrors(procedure.inputs, inputs, names, circumstances(loaded.world)), ...result.errors]
    if (people.findIndex((one) => one.row === given.row) !== index)
      errors.push({ pointer: '/answers/row', code: 'duplicate_key' })
    return errors.length === 0
      ? { kind: 'good', given }
      : { kind: 'refused', row: given.row, errors: shownErrors(deps, loaded, procedure, index, errors) }
  })

/** For the rehearsal: nothing is written, digests are as good as any. */
export const sketched = (deps: Deps, loaded: LoadedCase, procedure: CompiledProcedure, given: GivenRow): GoodRow => ({
  row: given.row,
  caseId: derivedCaseId(deps.idKey, loaded.caseId, given.row),
  number: '',
  ...made(deps, loaded, procedure, given, loaded.commitmentKey).inputs,
})

const claimNumber = async (deps: Deps, loaded: LoadedCase, caseId: string): Promise<string> => {
  const year = new Date(loaded.world.now).getUTCFullYear()
  for (let attempt = 0; attempt < NUMBER_TRIES; attempt++) {
    const known = await caseById(deps.sql, caseId)
    if (known !== undefined) return known.number
    const number = caseNumber(year, randomInt(1_000_000))
    const row = { caseId, number, subject: 'case' as const, arrival: loaded.number }
    if (await openCaseRow(deps.sql, deps.ring, row)) return number
  }
  throw problem('unknown')
}

/** Claims the number and keys of the row's case, and seals what is personal where its opening will look for it. */
export const prepared = async (
  deps: Deps,
  loaded: LoadedCase,
  procedure: CompiledProcedure,
  given: GivenRow,
): Promise<GoodRow> => {
  const caseId = derivedCaseId(deps.idKey, loaded.caseId, given.row)
  const number = await claimNumber(deps, loaded, caseId)
  const commitmentKey = await commitmentKeyOf(deps.sql, deps.ring, caseId)
  const { inputs, result } = made(deps, loaded, procedure, given, commitmentKey)
  const sealing = { caseId, actionId: openingActionId(caseId), commitmentKey, state: null }
  const secrets: Secret[] = result.secrets
  await sealSecrets(deps, sealing, secrets)
  await keepWho(deps, caseId, given)
  return { row: given.row, caseId, number, ...inputs }
}
