/** People at work while something else happens: each does a step, looks up for a second, and does the next. */

import { setTimeout as pause } from 'node:timers/promises'
import { type Spread, spread, timed } from './figures.ts'

const LOOKS_UP_MS = 1_000

export interface AtWork {
  /** Ends when each has finished the step in hand; how long theirs took. */
  stop(): Promise<Spread>
}

export function atWork(steps: (() => Promise<void>)[]): AtWork {
  const times: number[] = []
  const over = new AbortController()
  const done = Promise.all(
    steps.map(async (step, index) => {
      await pause((index * LOOKS_UP_MS) / steps.length)
      while (!over.signal.aborted) {
        times.push(await timed(step))
        await pause(LOOKS_UP_MS)
      }
    }),
  )
  return {
    async stop() {
      over.abort()
      await done
      return spread(times)
    },
  }
}
