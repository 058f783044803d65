import { partnerById } from '../../database/queries/partners.ts'
import type { Deps } from '../context/deps.ts'

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
