/** The names that a condition may read, with their types, options and secrecy. */

import { Environment } from '@marcbachmann/cel-js'
import type { FieldType } from '../compiled.ts'
import type { Country } from '../country.ts'
import { optionsOf } from '../parse/fields.ts'
import type { FieldText, FieldTexts } from '../shapes/field.ts'

export interface Member {
  type: FieldType
  options?: readonly string[]
  personal: boolean
  /** Members of a list's rows. */
  of?: Members
}
export type Members = Record<string, Member>
export type Name =
  /** A fact, the outcome, the day it happened; `nullable` until something sets it. */
  | { kind: 'value'; type: FieldType; options?: readonly string[]; nullable: boolean }
  /** A step's answers, inputs, the form, a row, consents: read as `name.member`. */
  | { kind: 'map'; members: Members }

export interface Scope {
  names: ReadonlyMap<string, Name>
  environment: Environment
}

export function scopeOf(names: ReadonlyMap<string, Name>): Scope {
  const environment = new Environment()
  for (const [id, name] of names) {
    if (name.kind === 'map') environment.registerVariable({ name: id, schema: schemaOf(name.members) })
    else environment.registerVariable(id, name.nullable ? 'dyn' : CEL_TYPES[name.type])
  }
  return { names, environment }
}

const schemaOf = (members: Members): Record<string, string> =>
  Object.fromEntries(Object.entries(members).map(([id, { type }]) => [id, CEL_TYPES[type]]))

export const CEL_TYPES = {
  text: 'string',
  code: 'string',
  choice: 'string',
  codes: 'list<string>',
  yes_no: 'bool',
  number: 'double',
  date: 'string',
  place: 'string',
  user: 'string',
  partner: 'string',
  case: 'string',
  money: 'double',
  consent: 'dyn',
  score: 'double',
  list: 'list',
} as const satisfies Record<FieldType, string>

export function membersOf(country: Country, fields: FieldTexts | undefined): Members {
  return Object.fromEntries(Object.entries(fields ?? {}).map(([id, field]) => [id, memberOf(country, field)]))
}

function memberOf(country: Country, field: FieldText): Member {
  const options = field.type === 'place' ? Object.keys(country.places) : optionsOf({ country }, field)
  return {
    type: field.type,
    ...(options && { options }),
    personal: field.personal ?? false,
    ...(field.of && { of: membersOf(country, field.of) }),
  }
}

/** Facts and consents: what every condition may read, and a gate nothing else. */
export function caseNames(country: Omit<Country, 'procedures'>): Map<string, Name> {
  const names = new Map<string, Name>()
  for (const [id, fact] of Object.entries(country.facts)) {
    const options = fact.type === 'place' ? Object.keys(country.places) : fact.of && Object.keys(fact.of)
    names.set(id, { kind: 'value', type: fact.type, ...(options && { options }), nullable: fact.start === undefined })
  }
  const states: Member = { type: 'choice', options: CONSENT_STATES, personal: false }
  const members = Object.fromEntries(Object.keys(country.purposes).map((purpose) => [purpose, states]))
  names.set('consent', { kind: 'map', members })
  return names
}
export const CONSENT_STATES = ['none', 'given', 'refused', 'withdrawn', 'ended', 'override']
