/** Finds, every minute, work that waits for a role which nobody holds: people leave and holdings end on any day. */

import type { Logger } from 'pino'
import { tellUnheld } from '../activities/tell-unheld.ts'
import type { Sql } from '../database/connect.ts'

const EVERY_MS = 60_000

/** Answers how to stop it. Several workers may watch at once: each step is told of by one of them. */
export function watchStaffing(sql: Sql, log: Logger): () => void {
  const round = (): void => {
    tellUnheld({ sql }).then(
      (told) => (told > 0 ? log.warn({ told }, 'steps wait for roles that nobody holds') : undefined),
      () => log.warn('a look for roles that nobody holds failed; the next comes in a minute'),
    )
  }
  const timer = setInterval(round, EVERY_MS)
  return () => clearInterval(timer)
}
