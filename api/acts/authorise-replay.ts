/** A known key is no pass: what it did is told again only to whoever could still do it with what they hold today. */

import type { Action } from '../../cases/actions.ts'
import { fold } from '../../cases/evolve/index.ts'
import type { Refusal } from '../../cases/refusals.ts'
import type { Deps } from '../context/deps.ts'
import { type LoadedCase, entriesOf } from '../case/load-case.ts'
import { gatherRefusal, type RefusedAct } from './gather-refusal.ts'
import { rehearse } from './rehearse.ts'

/** Whatever else would refuse it by now has come after it was done. */
const OF_PERMISSION: ReadonlySet<Refusal['code']> = new Set([
  'not_found',
  'role_required',
  'place_required',
  'own_submission',
  'second_person_required',
])

/** `from`: the first entry of the act. It is tried on the case as it was then. Throws what a stranger would be told. */
export const authoriseReplay = async (
  deps: Deps,
  loaded: LoadedCase,
  about: RefusedAct,
  action: Action,
  from: number,
): Promise<void> => {
  const entries = await entriesOf(deps, loaded.caseId, 0, from)
  const now = entries.at(-1)?.recorded ?? loaded.world.now
  const before = fold(loaded.caseId, entries.slice(0, -1))
  const rehearsal = await rehearse(before, action, { ...loaded.world, now }, deps.newest)
  if (rehearsal.kind === 'refused' && OF_PERMISSION.has(rehearsal.refusal.code))
    throw await gatherRefusal(deps, loaded, { ...about, draft: null }, rehearsal.refusal, [])
}
