/** Work over many cases that was recorded and has not come to its end: begun again, or left as it runs. */

import type { Logger } from 'pino'
import { goOn as goOnWithBatch } from '../api/bulk/batches/progress.ts'
import { startBroadcast } from '../api/bulk/calendar/broadcast.ts'
import { goOn as goOnWithHandover } from '../api/bulk/handovers/progress.ts'
import { unfinishedBatches } from '../database/queries/batches.ts'
import { unfinishedBroadcasts } from '../database/queries/broadcasts.ts'
import { handoverById, unfinishedHandovers } from '../database/queries/handovers.ts'
import { newestSettings, settingsOfVersion } from '../database/queries/settings.ts'
import type { Settings } from '../procedures/language/settings.ts'
import type { Standing } from './process.ts'

type Going = Pick<Standing, 'sql' | 'temporal' | 'installation'>
const EVERY_MS = 60_000

/** Looks every minute, since a process may die between recording and beginning. */
export function watchUnfinished(going: Going, log: Logger): () => void {
  const failed = (): void => log.warn('a look for unfinished work failed; the next comes in a minute')
  const timer = setInterval(() => void resumeUnfinished(going).catch(failed), EVERY_MS)
  return () => clearInterval(timer)
}

/** Answers how much is unfinished. Where the engine has lost a case, the work waits for its revival. */
export async function resumeUnfinished(going: Going): Promise<number> {
  const settings = await newestSettings(going.sql)
  if (!settings) return 0
  const broadcasts = await resumeBroadcasts(going)
  const batches = await resumeBatches(going)
  return broadcasts + batches + (await resumeHandovers(going, settings))
}

/** Declarations that had not reached every case; those that still run are left as they are. */
export async function resumeBroadcasts({ sql, temporal, installation }: Going): Promise<number> {
  const unfinished = await unfinishedBroadcasts(sql)
  const deps = { temporal, installation: { kind: installation.kind, version: '' } }
  for (const { id, settingsVersion } of unfinished) {
    const settings = (await settingsOfVersion(sql, settingsVersion)) ?? (await newestSettings(sql))
    if (settings) await startBroadcast(deps, id, settings)
  }
  return unfinished.length
}

/** Batches that had not begun, or been lifted, in every one of their cases. */
export async function resumeBatches(standing: Going): Promise<number> {
  const unfinished = await unfinishedBatches(standing.sql)
  for (const batch of unfinished) await goOnWithBatch(standing, batch)
  return unfinished.length
}

/** Handovers that still move work, and returns that are awaited. */
export async function resumeHandovers(standing: Going, settings: Settings): Promise<number> {
  const unfinished = await unfinishedHandovers(standing.sql)
  for (const id of unfinished) {
    const handover = await handoverById(standing.sql, id)
    if (handover) await goOnWithHandover(standing, settings, handover)
  }
  return unfinished.length
}
