/** What a filled step looks like, as JSON Schema 2020-12: for whoever generates types from one installation. */

import { type Bounds, boundsOf } from '../../cases/bounds.ts'
import type { CompiledProcedure, Field, WorkStep } from '../../procedures/language/compiled.ts'

type Schema = Record<string, unknown>
const PARTIAL_DATE = '^\\d{4}(-\\d{2}(-\\d{2})?)?$'
const ID = { type: 'string', pattern: '^[A-Za-z0-9-]{1,64}$' }

export function schemaOf(procedure: CompiledProcedure) {
  const { id, version } = procedure
  const steps = procedure.steps.filter((step): step is WorkStep => step.kind !== 'start')
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `/api/v1/procedures/${id}/${version}/schema`,
    title: `${id}@${version}`,
    $defs: {
      inputs: objectOf(procedure.inputs),
      ...Object.fromEntries(steps.map((step) => [step.id, stepSchema(step)])),
    },
  }
}

function stepSchema(step: WorkStep): Schema {
  const offered = Object.entries(step.outcomes).flatMap(([id, outcome]) => (outcome.byHand ? [id] : []))
  const required = step.evidence.flatMap((rule) => (rule.required && rule.when === undefined ? [rule.id] : []))
  return {
    type: 'object',
    properties: {
      outcome: { enum: offered },
      answers: objectOf(step.form),
      evidence: {
        type: 'object',
        properties: Object.fromEntries(step.evidence.map((rule) => [rule.id, { type: 'array', items: PROOF }])),
        ...(required.length > 0 ? { required } : {}),
        additionalProperties: false,
      },
    },
    required: ['outcome'],
  }
}

const PROOF: Schema = {
  oneOf: [
    { type: 'object', properties: { document: { type: 'string' } }, required: ['document'] },
    {
      type: 'object',
      properties: { paper: { type: 'object', properties: { kept_at: { type: 'string' } }, required: ['kept_at'] } },
      required: ['paper'],
    },
  ],
}

/** Required is only what is always asked; a personal answer may also be absent, so it never is. */
function objectOf(fields: readonly Field[]): Schema {
  const required = fields.flatMap((field) =>
    field.required && field.when === undefined && !field.personal ? [field.id] : [],
  )
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.id, typeOf(field)])),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  }
}

function typeOf(field: Field): Schema {
  const bounds = boundsOf(field)
  switch (field.type) {
    case 'text':
      return { type: 'string', maxLength: bounds.most }
    case 'code':
    case 'choice':
      return field.options ? { enum: field.options } : { type: 'string' }
    case 'codes':
      return {
        type: 'array',
        ...entries(bounds),
        items: field.options ? { enum: field.options } : { type: 'string' },
      }
    case 'yes_no':
      return { type: 'boolean' }
    case 'number':
    case 'score':
      return { type: 'number', ...value(bounds) }
    case 'money':
      return { type: 'integer', ...value(bounds) }
    case 'date':
      return { type: 'string', pattern: PARTIAL_DATE }
    case 'place':
    case 'user':
    case 'partner':
    case 'case':
      return ID
    case 'consent':
      return {
        type: 'object',
        properties: {
          state: { enum: ['given', 'refused', ...(field.override === undefined ? [] : ['override'])] },
          form: { enum: ['written', 'recorded', 'oral', 'proxy'] },
          language: { type: 'string' },
          until: { type: 'string', format: 'date' },
        },
        required: ['state', 'form', 'language'],
      }
    case 'list':
      return { type: 'array', ...entries(bounds), items: objectOf(field.of ?? []) }
  }
}

const value = ({ least, most }: Bounds): Schema => ({
  ...(least !== undefined && { minimum: least }),
  ...(most !== undefined && { maximum: most }),
})
const entries = ({ least, most }: Bounds): Schema => ({
  ...(least !== undefined && { minItems: least }),
  ...(most !== undefined && { maxItems: most }),
})
