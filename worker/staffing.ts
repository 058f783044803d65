/** Finds, every minute, work that waits for a role which nobody holds: people leave and holdings end on any day. */

import type { Logger } from 'pino'
import { tellUnheld } from '../activities/tell-unheld.ts'
import type { Sql } from '../database/connect.ts'

const EVERY_MS = 60_000
/** A round reads every open step: where that takes long, it comes more seldom, and never takes more than a fiftieth of the time. */
const REST = 50

/** Answers how to stop it. Several workers may watch at once: each step is told of by one of them. */
export function watchStaffing(sql: Sql, log: Logger): () => void {
  let stopped = false
  let timer: NodeJS.Timeout
  const round = async (): Promise<void> => {
    const began = performance.now()
    await tellUnheld({ sql }).then(
      (told) => (told > 0 ? log.warn({ told }, 'steps wait for roles that nobody holds') : undefined),
      () => log.warn('a look for roles that nobody holds failed; the next comes in a minute'),
    )
    if (!stopped) timer = setTimeout(round, Math.max(EVERY_MS, REST * (performance.now() - began)))
  }
  timer = setTimeout(round, EVERY_MS)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
