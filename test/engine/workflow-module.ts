/** What workflows import from the engine, done in this process for the run that asks. */

import { msToNumber } from '@temporalio/common/lib/time.js'
import { ContinuedAsNew, currentRun, type Handler } from './run.ts'

type Time = Parameters<typeof msToNumber>[0]
interface Options {
  retry?: { maximumAttempts?: number }
}
/** Where the engine would try for ever. */
const MOST_TRIES = 6

export async function condition(holds: () => boolean, within?: Time): Promise<boolean | void> {
  const run = currentRun()
  return run.until(holds, within === undefined ? undefined : msToNumber(within))
}
export const sleep = (_time: Time): Promise<void> => currentRun().nap()

export const proxyActivities = ({ retry }: Options): object =>
  new Proxy(
    {},
    {
      get:
        (_none, name) =>
        (...args: unknown[]) =>
          currentRun().effect(String(name), args, retry?.maximumAttempts ?? MOST_TRIES),
    },
  )
export const proxyLocalActivities = proxyActivities

export function setHandler(
  { name }: { name: string },
  handle: Handler['handle'],
  { validator }: { validator?: Handler['validate'] } = {},
): void {
  currentRun().handlers.set(name, { handle, ...(validator ? { validate: validator } : {}) })
}
export const allHandlersFinished = (): boolean => currentRun().handling === 0

export const workflowInfo = (): { historyLength: number; runStartTime: Date } => {
  const { historyLength, began } = currentRun()
  return { historyLength, runStartTime: new Date(began) }
}
export function continueAsNew(...args: unknown[]): Promise<never> {
  return Promise.reject(new ContinuedAsNew(args))
}
