/** The smallest workflow of our shape: one update whose handler waits for one activity. What Temporal itself costs. */

import { condition, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow'

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
