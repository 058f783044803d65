/** Runs a worker until it is stopped. */

import { IllegalStateError, type Worker } from '@temporalio/worker'

/**
 * Ends when everything the worker held is done; throws where the worker failed.
 *
 * The library counts who still holds its native half a moment before the last poll has let go of it, and then calls
 * a worker that stopped well "still in use". By that time there is nothing left to do or to lose.
 */
export async function runUntilStopped(worker: Pick<Worker, 'run' | 'getState'>): Promise<void> {
  try {
    await worker.run()
  } catch (error) {
    if (!(error instanceof IllegalStateError && worker.getState() === 'STOPPED')) throw error
  }
}
