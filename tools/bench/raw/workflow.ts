/** The smallest workflow of our shape: one update whose handler waits for one activity. What Temporal itself costs. */

import { condition, defineUpdate, proxyActivities, setHandler, sleep } from '@temporalio/workflow'

export const stepUpdate = defineUpdate<number, [number]>('step')
const { writeRow } = proxyActivities<{ writeRow(id: string, n: number): Promise<void> }>({
  startToCloseTimeout: '30 seconds',
})

export async function rawWorkflow(id: string): Promise<void> {
  setHandler(stepUpdate, async (n) => {
    await writeRow(id, n)
    return n
  })
  await condition(() => false)
}

/** One timer, then one activity. */
export async function rawTimer(id: string, at: number): Promise<void> {
  await sleep(Math.max(1, at - Date.now()))
  await writeRow(id, 1)
}
