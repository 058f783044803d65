/** Every hour: documents and answers that no act has used, mail that left long ago, tries that are no longer spent. */

import type { Logger } from 'pino'
import { forgetOrphans } from '../activities/forget-orphans.ts'
import type { Tools } from '../activities/tools.ts'
import { sweepDocuments } from '../database/queries/documents.ts'
import { forgetMail } from '../database/queries/outbox.ts'
import { forgetReceived } from '../database/queries/received.ts'
import { forgetTries } from '../database/queries/tries.ts'

const EVERY_MS = 3_600_000
/** Twice as old as answers must be to be asked about: clocks may differ. */
const LOOKED_BACK_MS = 2 * EVERY_MS

/** Answers how to stop it. Several workers may sweep at once: each row is removed by one of them. */
export function startSweeper({ sql, temporal }: Pick<Tools, 'sql' | 'temporal'>, log: Logger): () => void {
  /** Answers given before it belong to an act that was taken. */
  let settled = new Date(0)
  const sweepAnswers = async (): Promise<number> => {
    const began = Date.now()
    const { removed, left } = await forgetOrphans({ sql, temporal }, settled)
    settled = left ?? new Date(began - LOOKED_BACK_MS)
    return removed
  }
  const round = (): void => {
    tell('what acts that were not taken had brought', sweepAnswers())
    tell('unused documents', sweepDocuments(sql, new Date()))
    tell('mail that left', forgetMail(sql))
    tell('tries', forgetTries(sql))
    tell('acts on their way', forgetReceived(sql))
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
