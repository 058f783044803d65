/** Personal values go into the database, sealed, before the act that names their digests is sent. */

import type { ItemId } from '../../cases/events.ts'
import { parseItem } from '../../cases/item.ts'
import type { CaseState } from '../../cases/state.ts'
import { GENERAL } from '../../database/case-keys.ts'
import { hasPersonal } from '../../database/queries/one-case.ts'
import { digestOf, keepPersonal, openPersonal } from '../../database/queries/personal.ts'
import type { Deps } from '../context/deps.ts'
import { problem } from '../problems/problem.ts'
import type { Secret } from './read-body.ts'

export interface Sealing {
  caseId: string
  actionId: string
  commitmentKey: string
  /** null when the case is being opened: nothing is restricted yet. */
  state: CaseState | null
}

const compartmentOf = (state: CaseState | null, item: ItemId | ''): string => {
  const run = parseItem(item)?.run ?? ''
  return state?.runs[run]?.visibleTo == null ? GENERAL : `restricted:${run}`
}

/** Kept values are never overwritten, so a key that comes again with other values is refused here. */
const refuseOthers = async (deps: Deps, sealing: Sealing, secrets: Secret[]): Promise<void> => {
  const kept = (await openPersonal(deps.sql, deps.ring, sealing.caseId)).filter(
    (one) => one.actionId === sealing.actionId,
  )
  for (const secret of secrets) {
    const before = kept.find((one) => one.item === secret.item && one.field === secret.field)
    if (before !== undefined && digestOf(sealing.commitmentKey, before.value) !== secret.digest)
      throw problem('key_reused')
  }
}

export const sealSecrets = async (deps: Deps, sealing: Sealing, secrets: Secret[]): Promise<void> => {
  const { caseId, actionId } = sealing
  if (secrets.length > 0 && (await hasPersonal(deps.sql, caseId, actionId))) await refuseOthers(deps, sealing, secrets)
  for (const item of new Set(secrets.map((secret) => secret.item))) {
    const at = { caseId, actionId, item, compartment: compartmentOf(sealing.state, item) }
    const values = secrets.filter((secret) => secret.item === item).map(({ field, value }) => [field, value])
    await keepPersonal(deps.sql, deps.ring, at, Object.fromEntries(values))
  }
}
