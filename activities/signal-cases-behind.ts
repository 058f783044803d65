import { setTimeout as pause } from 'node:timers/promises'
import { WorkflowNotFoundError } from '@temporalio/client'
import { casesBehind, countBehind, countLeftOf, finishBroadcast } from '../database/queries/broadcasts.ts'
import { unfinishedHandovers } from '../database/queries/handovers.ts'
import type { Settings } from '../procedures/language/settings.ts'
import { caseWorkflowId, dateSignal, settingsSignal } from '../workflows/messages.ts'
import type { Tools } from './tools.ts'

const PATIENCE_MS = 10_000

/** Signals cases that are behind, and waits until they have recorded it, so that none is signalled twice in haste. */
export const signalCasesBehind =
  ({ sql, temporal }: Pick<Tools, 'sql' | 'temporal'>) =>
  async (input: {
    broadcastId: string
    settings: Settings
    limit: number
  }): Promise<{ signalled: number; left: number }> => {
    const { settings, limit, broadcastId } = input
    const behind = await casesBehind(sql, settings.version, limit)
    await Promise.all(
      behind.map((caseId) =>
        temporal.workflow
          .getHandle(caseWorkflowId(caseId))
          .signal(settingsSignal, settings)
          .catch((error: unknown) => {
            // A case without a workflow is found by the invariants, not by a broadcast that never ends.
            if (!(error instanceof WorkflowNotFoundError)) throw error
          }),
      ),
    )
    const until = Date.now() + PATIENCE_MS
    while (Date.now() < until && (await countLeftOf(sql, behind, settings.version)) > 0) await pause(100)
    const left = await countBehind(sql, settings.version)
    if (left === 0) {
      await tellHandovers({ sql, temporal }, settings)
      await finishBroadcast(sql, broadcastId)
    }
    return { signalled: behind.length, left }
  }

/** Leave begins and ends by business time, and the date may have moved. */
async function tellHandovers(
  { sql, temporal }: Pick<Tools, 'sql' | 'temporal'>,
  { offsetMs }: Settings,
): Promise<void> {
  for (const id of await unfinishedHandovers(sql)) {
    await temporal.workflow
      .getHandle(id)
      .signal(dateSignal, { offsetMs })
      .catch((error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error
      })
  }
}
