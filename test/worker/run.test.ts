/** A worker that stopped well has not failed, whatever its native half still counts. */

import { IllegalStateError, type State } from '@temporalio/worker'
import { expect, it } from 'vitest'
import { runUntilStopped } from '../../worker/run.ts'

const ending = (state: State, error: Error) =>
  runUntilStopped({ run: () => Promise.reject(error), getState: () => state })
const inUse = new IllegalStateError('Worker still in use: Expected 1 reference, but got 2')

it('ends well when all its work is done and only its native half is still held', async () => {
  await expect(ending('STOPPED', inUse)).resolves.toBeUndefined()
})
it('fails when it failed before its work was done', async () => {
  await expect(ending('FAILED', inUse)).rejects.toBe(inUse)
})
it('fails of anything else', async () => {
  const lost = new Error('Cannot read the file')
  await expect(ending('STOPPED', lost)).rejects.toBe(lost)
})
