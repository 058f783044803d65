/** How everything that has a name is told: things, people and partners. */

import type { Person } from '../../database/queries/people.ts'
import { partnerById } from '../../database/queries/partners.ts'
import type { Deps } from '../context/deps.ts'

/** `{id, label}`. */
export type Named = { id: string; label: string }
export const named = (id: string, label: (id: string) => string): Named => ({ id, label: label(id) })
export const namedOrNull = (id: string | null, label: (id: string) => string): Named | null =>
  id === null ? null : named(id, label)

/** `Awa D., 1994`: enough to recognise somebody on a list, and no more. */
export function personLabel(person: Person | undefined): string | null {
  if (!person?.name) return null
  const [first = '', ...rest] = person.name.trim().split(/\s+/)
  const family = rest.at(-1)
  const year = person.birth?.slice(0, 4)
  return [family ? `${first} ${family.charAt(0)}.` : first, ...(year ? [year] : [])].join(', ')
}

/** Names of partners by id; an id that is unknown stands for itself. */
export async function partnerNames(
  deps: Pick<Deps, 'sql'>,
  ids: readonly (string | null)[],
): Promise<(id: string) => string> {
  const wanted = [...new Set(ids)].filter((id) => id !== null)
  const found = await Promise.all(wanted.map((id) => partnerById(deps.sql, id)))
  const names = new Map(found.flatMap((one) => (one ? [[one.id, one.name] as const] : [])))
  return (id) => names.get(id) ?? id
}
