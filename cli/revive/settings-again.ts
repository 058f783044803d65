/** Declarations that a restored database has lost: days off, dates and places that workflows have taken. */

import { beginBroadcast } from '../../database/queries/broadcasts.ts'
import { keepSettings } from '../../database/queries/settings.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import { caseWorkflowId, takenSettingsQuery } from '../../workflows/messages.ts'
import { atOnce } from '../at-once.ts'
import type { Reviving } from './begin.ts'
import { type Judged, liveCase } from './situations.ts'
import type { Say } from './tell.ts'

const AT_ONCE = 10
const ASK_MS = 10_000

/**
 * Answers the newest. A case ignores a version that it has: were the number given again to another declaration, the
 * cases that know the lost one would never hear of it.
 */
export async function settingsAgain(
  standing: Reviving,
  cases: Judged[],
  newest: Settings,
  out: Say,
): Promise<Settings> {
  const ahead = cases.filter((one) => one.situation === 'ahead')
  const taken = await atOnce(ahead, AT_ONCE, async ({ caseId }) => ({
    caseId,
    version: (await liveCase(standing.temporal, caseId))?.state.settingsVersion ?? 0,
  }))
  const version = Math.max(0, ...taken.map((one) => one.version))
  if (version <= newest.version) return newest
  const lost = version - newest.version
  for (const { caseId } of taken.filter((one) => one.version === version)) {
    const settings = await takenSettings(standing, caseId)
    if (settings?.version !== version) continue
    await goOnFrom(standing, settings)
    out(`${lost} declarations written again in the record, from what workflows know; they go on to every case`)
    return settings
  }
  const settings = { ...newest, version: version + 1 }
  await goOnFrom(standing, settings)
  out(`${lost} declarations are lost: days off, dates and places have to be declared again`)
  return settings
}

const takenSettings = ({ temporal }: Reviving, caseId: string): Promise<Settings | null> =>
  temporal.connection
    .withDeadline(Date.now() + ASK_MS, () =>
      temporal.workflow.getHandle(caseWorkflowId(caseId)).query(takenSettingsQuery),
    )
    .catch(() => null)

async function goOnFrom({ sql }: Reviving, settings: Settings): Promise<void> {
  await keepSettings(sql, settings, 'written again')
  await beginBroadcast(sql, `broadcast-written-again-${settings.version}`, 'day_off', settings.version)
}
