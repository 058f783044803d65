/** A declaration reaches every open case: signalled until none is left whose recorded settings are older. */

import { proxyActivities } from '@temporalio/workflow'
import type { Settings } from '../procedures/language/settings.ts'
import type { BroadcastInput } from './messages.ts'
import { untilNoneLeft } from './until-none-left.ts'

interface BroadcastActivities {
  /** Signals up to `limit` cases that are behind; answers how many were found and how many are left. */
  signalCasesBehind(input: {
    broadcastId: string
    settings: Settings
    limit: number
  }): Promise<{ signalled: number; left: number }>
}
const { signalCasesBehind } = proxyActivities<BroadcastActivities>({
  startToCloseTimeout: '2 minutes',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '1 minute' },
})

export async function broadcastWorkflow({ broadcastId, settings, perSecond }: BroadcastInput): Promise<void> {
  const limit = perSecond === 0 ? 200 : perSecond * 5
  const wait = perSecond === 0 ? 250 : 5_000
  await untilNoneLeft(async () => ({ ...(await signalCasesBehind({ broadcastId, settings, limit })), wait }))
}
