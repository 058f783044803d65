/** Begins the workflow of a case again from its ledger; whatever still runs under its name in this engine is ended. */

import { revivedCaseInput } from '../../activities/case-input.ts'
import { goOn as goOnWithBatch } from '../../api/batches/go-on.ts'
import { startBroadcast } from '../../api/calendar/broadcast.ts'
import { goOn as goOnWithHandover } from '../../api/handovers/go-on.ts'
import { unfinishedBatches } from '../../database/queries/batches.ts'
import { unfinishedBroadcasts } from '../../database/queries/broadcasts.ts'
import { handoverById, unfinishedHandovers } from '../../database/queries/handovers.ts'
import { newestSettings, settingsOfVersion } from '../../database/queries/settings.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import { caseWorkflowId, settingsSignal, TASK_QUEUE } from '../../workflows/messages.ts'
import type { Standing } from '../process.ts'

export type Reviving = Pick<Standing, 'sql' | 'ring' | 'temporal' | 'installation'>

/** False when its entries were erased. Its incarnation must have been raised. */
export async function beginAgain(standing: Reviving, caseId: string, newest: Settings): Promise<boolean> {
  const input = await revivedCaseInput(standing, caseId)
  if (!input) return false
  const handle = await standing.temporal.workflow.start('caseWorkflow', {
    workflowId: caseWorkflowId(caseId),
    taskQueue: TASK_QUEUE,
    args: [input],
    workflowIdConflictPolicy: 'TERMINATE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
  })
  if (input.settings.version < newest.version) await handle.signal(settingsSignal, newest)
  return true
}

/** What runs for a closed case began before it was closed. It may end by itself meanwhile. */
export async function endZombie({ temporal }: Reviving, caseId: string): Promise<void> {
  await temporal.workflow
    .getHandle(caseWorkflowId(caseId))
    .terminate('closed in the record')
    .catch(() => {})
}

/** Declarations that had not reached every case; those that still run are left as they are. */
export async function resumeBroadcasts({ sql, temporal, installation }: Reviving): Promise<number> {
  const unfinished = await unfinishedBroadcasts(sql)
  const deps = { temporal, installation: { kind: installation.kind, version: '' } }
  for (const { id, settingsVersion } of unfinished) {
    const settings = (await settingsOfVersion(sql, settingsVersion)) ?? (await newestSettings(sql))
    if (settings) await startBroadcast(deps, id, settings)
  }
  return unfinished.length
}

/** Batches that had not begun, or been lifted, in every one of their cases. */
export async function resumeBatches(standing: Reviving): Promise<number> {
  const unfinished = await unfinishedBatches(standing.sql)
  for (const batch of unfinished) await goOnWithBatch(standing, batch)
  return unfinished.length
}

/** Handovers that still move work, and returns that are awaited. */
export async function resumeHandovers(standing: Reviving, settings: Settings): Promise<number> {
  const unfinished = await unfinishedHandovers(standing.sql)
  for (const id of unfinished) {
    const handover = await handoverById(standing.sql, id)
    if (handover) await goOnWithHandover(standing, settings, handover)
  }
  return unfinished.length
}
