/** Turns the public names of a request into the core's, and keeps personal values aside as digests. */

import type { Circumstances } from '../../cases/circumstances.ts'
import type { Absent, Answers, ClockId, EvidenceItem, ItemId } from '../../cases/events.ts'
import { openingRun } from '../../cases/opening-run.ts'
import { parseItem } from '../../cases/item.ts'
import type { FieldError } from '../../cases/refusals.ts'
import type { CaseState } from '../../cases/state.ts'
import { digestOf } from '../../database/queries/personal.ts'
import type { CompiledProcedure, Field } from '../../procedures/language/compiled.ts'
import { problem } from '../problems/problem.ts'
import { type Named, splitAnswers } from './split-answers.ts'

export interface GivenEvidence {
  [evidence: string]: ({ document: string } | { paper: { kept_at: string } })[]
}
export interface Given {
  answers: Record<string, unknown>
  absent: Absent
  evidence?: GivenEvidence
}
export interface Inputs {
  answers: Answers
  personal: Record<string, string>
  absent: Absent
}
export interface Made extends Inputs {
  evidence: Record<string, EvidenceItem[]>
}
/** A personal value to seal under (case, action, item, field); item '' is the case itself. */
export interface Secret {
  item: string
  field: string
  value: unknown
  digest: string
}
export interface BodyReader {
  /** Throws `not_found` for a step of another case or one that the viewer cannot know. */
  item: (publicId: string) => ItemId
  clock: (publicId: string) => { item: ItemId; clock: ClockId }
  /** Keeps free text or a personal value aside; answers its keyed digest. */
  secret: (item: string, field: string, value: unknown) => string
  filled: (item: ItemId, given: Given) => Made
  inputs: (procedure: string, given: Given) => Inputs
  /** Throws `not_found` when the case did not open with a form, as an arrival. */
  opening: (given: Given) => Inputs
  /** Somebody shall carry more than they should: only with a reason. */
  beyondCaseload: (reason: string | undefined) => void
}
export interface BodyFindings {
  secrets: Secret[]
  documents: string[]
  errors: FieldError[]
  named: Named[]
  beyondCaseload: boolean
}
export interface BodyReaderFrom {
  /** The state as this viewer may know it; null when a case is being opened. */
  state: CaseState | null
  /** hash → procedure, for every run of the state. */
  shelf: Record<string, CompiledProcedure>
  published: (procedure: string) => CompiledProcedure | null
  /** What values are held against. */
  now: Circumstances
  /** How telephone numbers must look; null where real ones are taken. */
  telephones: string | null
  /** Hex. */
  commitmentKey: string
}

const formOf = (from: BodyReaderFrom, item: ItemId): Field[] => {
  const parts = parseItem(item)
  const run = parts === null ? undefined : from.state?.runs[parts.run]
  const step = run && from.shelf[run.procedure.hash]?.steps.find((one) => one.id === parts?.step)
  if (parts === null || run === undefined || run.steps[parts.step] === undefined) throw problem('not_found')
  return step === undefined || step.kind === 'start' ? [] : step.form
}

/** A fresh pair: the reader that acts use, and what it found. */
export const bodyReader = (from: BodyReaderFrom): { reader: BodyReader; result: BodyFindings } => {
  const result: BodyFindings = { secrets: [], documents: [], errors: [], named: [], beyondCaseload: false }
  const prefix = from.state === null ? '' : `${from.state.number}.`
  const secret: BodyReader['secret'] = (item, field, value) => {
    const digest = digestOf(from.commitmentKey, value)
    result.secrets.push({ item, field, value, digest })
    return digest
  }
  const item: BodyReader['item'] = (publicId) => {
    const inside = publicId.startsWith(prefix) ? publicId.slice(prefix.length) : ''
    formOf(from, inside)
    return inside
  }
  const clock: BodyReader['clock'] = (publicId) => {
    const found = /^(.+)\.(due|lapses|opens)$/.exec(publicId)
    if (found === null) throw problem('not_found')
    const inside = item(found[1] ?? '')
    return { item: inside, clock: `${inside}.${found[2]}` }
  }
  const split = (fields: Field[], at: string, given: Given): Inputs => {
    const parts = splitAnswers(fields, given.answers, (field, value) => secret(at, field, value), from)
    result.errors.push(...parts.errors)
    result.named.push(...parts.named)
    return { answers: parts.answers, personal: parts.personal, absent: given.absent }
  }
  const proofs = (at: ItemId, evidence: GivenEvidence): Made['evidence'] =>
    Object.fromEntries(
      Object.entries(evidence).map(([id, proofsOf]) => [
        id,
        proofsOf.map((proof): EvidenceItem => {
          if ('paper' in proof) return { paper: secret(at, `paper.${id}`, proof.paper) }
          result.documents.push(proof.document)
          return { document: proof.document }
        }),
      ]),
    )
  const filled: BodyReader['filled'] = (at, given) => ({
    ...split(formOf(from, at), at, given),
    evidence: proofs(at, given.evidence ?? {}),
  })
  const inputs: BodyReader['inputs'] = (procedure, given) => {
    const found = from.published(procedure)
    if (found === null) throw problem('not_found')
    return split(found.inputs, '', given)
  }
  const opening: BodyReader['opening'] = (given) => {
    const run = from.state === null ? null : openingRun(from.state)
    const hash = run === null ? undefined : from.state?.runs[run]?.procedure.hash
    const fields = hash === undefined ? undefined : from.shelf[hash]?.inputs
    if (fields === undefined) throw problem('not_found')
    return split(fields, '', given)
  }
  const beyondCaseload: BodyReader['beyondCaseload'] = (reason) => {
    result.beyondCaseload = true
    if (reason === undefined) result.errors.push({ pointer: '/reason', code: 'required' })
  }
  return { reader: { item, clock, secret, filled, inputs, opening, beyondCaseload }, result }
}
