/** Every hour: documents that no act has used in time, mail that left long ago, tries that are no longer spent. */

import type { Logger } from 'pino'
import type { Sql } from '../database/connect.ts'
import { sweepDocuments } from '../database/queries/documents.ts'
import { forgetMail } from '../database/queries/outbox.ts'
import { forgetTries } from '../database/queries/tries.ts'

const EVERY_MS = 3_600_000

/** Answers how to stop it. Several workers may sweep at once: each row is removed by one of them. */
export function startSweeper(sql: Sql, log: Logger): () => void {
  const round = (): void => {
    tell('unused documents', sweepDocuments(sql, new Date()))
    tell('mail that left', forgetMail(sql))
    tell('tries', forgetTries(sql))
  }
  const tell = (what: string, sweeping: Promise<number>): void => {
    sweeping.then(
      (removed) => (removed > 0 ? log.info({ removed }, `${what} removed`) : undefined),
      () => log.warn(`a sweep of ${what} failed; the next comes in an hour`),
    )
  }
  round()
  const timer = setInterval(round, EVERY_MS)
  return () => clearInterval(timer)
}
