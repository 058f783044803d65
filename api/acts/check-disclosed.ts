/** Nothing is told to a partner after the end of its agreement: what an act would make known is held against it. */

import { dayOf } from '../../cases/clocks/civil.ts'
import type { Entry } from '../../cases/events.ts'
import type { FieldError } from '../../cases/refusals.ts'
import { partnersAgreed } from '../../database/queries/named.ts'
import type { Deps } from '../context/deps.ts'

/** `entries`: what the act would lead to. Judged by when it happened: a sheet sent in time may be entered later. */
export const checkDisclosed = async (deps: Deps, entries: Entry[]): Promise<FieldError[]> => {
  const told = entries.flatMap(({ at, event }) =>
    event.kind === 'disclosed' ? [{ to: event.to, day: dayOf(at) }] : [],
  )
  const agreed = await Promise.all(
    told.map(async ({ to, day }) => (await partnersAgreed(deps.sql, [to], day)).get(to) === true),
  )
  return agreed.every(Boolean) ? [] : [{ pointer: '/step', code: 'agreement_ended' }]
}
