import { ANYONE } from '../country.ts'
import type { PlaceRef, RoleRef } from '../compiled.ts'
import type { Path } from '../problem.ts'
import { suggestion } from '../nearest.ts'
import { fieldAt, isKnown } from './context.ts'
import type { Context } from './context.ts'

export function isRole(context: Context, role: string, path: Path, offset = 0, beginner = false): boolean {
  const known = Object.keys(context.country.roles)
  return isKnown(context.report, 'role', role, beginner ? [...known, ANYONE] : known, path, offset)
}

/** `a or b`, where each is a role or a user or partner field. */
export function rolesAt(context: Context, text: string, path: Path, offset: number): RoleRef[] | null {
  const refs: RoleRef[] = []
  let whole = true
  let position = offset
  for (const part of text.split(' or ')) {
    const ref = roleAt(context, part.trim(), path, position)
    if (ref) refs.push(ref)
    else whole = false
    position += part.length + 4
  }
  return whole ? refs : null
}

function roleAt(context: Context, name: string, path: Path, offset: number): RoleRef | null {
  if (!name.includes('.')) return isRole(context, name, path, offset) ? { role: name } : null
  const field = fieldAt(context, name, path, offset)
  if (!field) return null
  if (field.type === 'user' || field.type === 'partner') return { field: name, type: field.type }
  context.report('wrong_type', path, `\`${name}\` is a ${field.type}: only a user or a partner can do a step.`, offset)
  return null
}

/** A place fact, a place field, or a place of the country. */
export function placeAt(context: Context, name: string, path: Path): PlaceRef | null {
  const { country, report } = context
  if (name.includes('.')) {
    const field = fieldAt(context, name, path)
    if (!field) return null
    if (field.type === 'place') return { field: name }
    report('wrong_type', path, `\`${name}\` is a ${field.type}: \`at\` needs a place.`)
    return null
  }
  const fact = country.facts[name]
  if (fact?.type === 'place') return { fact: name }
  if (country.places[name]) return { place: name }
  const facts = Object.keys(country.facts).filter((id) => country.facts[id]?.type === 'place')
  const known = [...facts, ...Object.keys(country.places)]
  report('unknown_name', path, `There is no place or place fact \`${name}\`: ${suggestion(name, known)}`)
  return null
}
