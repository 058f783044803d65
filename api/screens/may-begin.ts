import { batchRoles } from '../bulk/batches/may-begin.ts'
import type { Deps } from '../context/deps.ts'
import type { Session } from '../context/session.ts'

/** `open_case`, `begin:<procedure>` and, over many cases, `batch:<procedure>`: what this user's roles allow somewhere; each act asks again for its place. */
export const mayBegin = async (deps: Deps, session: Session): Promise<string[]> => {
  const roles = new Set(session.principal.holds.map((held) => held.role))
  const published = await deps.newest(Object.keys(deps.country.procedures))
  const open = published.some((one) => one.begins.some((way) => way.kind === 'opening')) && roles.size > 0
  const begin = published.filter((one) =>
    one.begins.some(
      (way) =>
        way.kind === 'any_time' && way.by.some((role) => roles.has(role) || (role === 'anyone' && roles.size > 0)),
    ),
  )
  const batch = published.filter((one) => batchRoles(one).some((role) => roles.has(role)))
  return [
    ...(open ? ['open_case'] : []),
    ...begin.map((one) => `begin:${one.id}`),
    ...batch.map((one) => `batch:${one.id}`),
    ...(session.feeds.length > 0 ? ['read_events'] : []),
  ]
}
