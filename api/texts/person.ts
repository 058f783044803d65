import type { Person } from '../../database/queries/people.ts'

/** `Awa D., 1994`: enough to recognise somebody on a list, and no more. */
export function personLabel(person: Person | undefined): string | null {
  if (!person?.name) return null
  const [first = '', ...rest] = person.name.trim().split(/\s+/)
  const family = rest.at(-1)
  const year = person.birth?.slice(0, 4)
  return [family ? `${first} ${family.charAt(0)}.` : first, ...(year ? [year] : [])].join(', ')
}
