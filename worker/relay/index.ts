/** The one way out: sends what the outbox holds, until it is stopped. */

import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Sql } from '../../database/connect.ts'
import { readInstallation } from '../../database/queries/installation.ts'
import type { Country } from '../../procedures/language/index.ts'
import { MOST_AT_ONCE, sendDueMail } from './send-due-mail.ts'
import { openPost } from './smtp.ts'

export interface RelayOptions {
  sql: Sql
  smtpUrl: string
  from: string
  /** Where people sign in. */
  signInUrl: string
  country: Country
  log: Logger
}
export interface Relay {
  /** Resolves when the mail in hand is done. */
  stop(): Promise<void>
}
const SHORTEST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 2_000

export function startRelay(options: RelayOptions): Relay {
  const stopping = new AbortController()
  const done = relayUntil(options, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await done
    },
  }
}

async function relayUntil({ signInUrl: url, smtpUrl, log, ...rest }: RelayOptions, stopping: AbortSignal) {
  const post = openPost(smtpUrl)
  const owner = randomUUID()
  let wait = SHORTEST_PAUSE_MS
  while (!stopping.aborted) {
    const claimed = await oneRound().catch((error: unknown) => {
      log.error({ code: codeOf(error) }, 'a round of mail failed')
      return 0
    })
    wait = claimed > 0 ? SHORTEST_PAUSE_MS : Math.min(wait * 2, LONGEST_PAUSE_MS)
    if (claimed < MOST_AT_ONCE) await pause(wait, undefined, { signal: stopping }).catch(() => {})
  }
  post.close()

  async function oneRound(): Promise<number> {
    const installation = await readInstallation(rest.sql)
    if (!installation) return 0
    return sendDueMail({ ...rest, url, post, owner, installation, tell: (what) => log.info(what, 'mail') })
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : error instanceof Error ? error.name : 'unknown'
