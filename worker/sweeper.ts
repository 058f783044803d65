/** Removes, every hour, the documents that were sent and that no act has used within their fourteen days. */

import type { Logger } from 'pino'
import type { Sql } from '../database/connect.ts'
import { sweepDocuments } from '../database/queries/documents.ts'

const EVERY_MS = 3_600_000

/** Answers how to stop it. Several workers may sweep at once: each row is removed by one of them. */
export function startSweeper(sql: Sql, log: Logger): () => void {
  const round = (): void => {
    sweepDocuments(sql, new Date()).then(
      (removed) => (removed > 0 ? log.info({ removed }, 'unused documents removed') : undefined),
      () => log.warn('a sweep of unused documents failed; the next comes in an hour'),
    )
  }
  round()
  const timer = setInterval(round, EVERY_MS)
  return () => clearInterval(timer)
}
