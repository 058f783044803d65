/** `npm run bench -- rungs [CASES]`: deadlines that fall due in one instant, beside as many raw timers. */

import { Client, Connection } from '@temporalio/client'
import { pino } from 'pino'
import { connect } from '../../database/connect.ts'
import { declareSettings } from '../../database/queries/settings.ts'
import { startRelay } from '../../worker/relay/index.ts'
import { startInstallation } from '../installation.ts'
import { startPostgres } from '../postgres.ts'
import { startMailServer } from '../worker/mail-server.ts'
import { startOurs } from './ours.ts'
import { startRaw } from './raw/worker.ts'

const OPENED_AT_ONCE = 16
const OPENED_A_SECOND = 14

export async function rungs(count: number, say: (line: string) => void): Promise<void> {
  const server = await startPostgres()
  const here = await startInstallation(server.url)
  const stopWork = await here.work()
  const owner = connect(here.db.url, { as: 'owner' })
  const post = await startMailServer()
  const relay = startRelay({
    sql: here.db.sql,
    smtpUrl: post.url,
    from: 'Segin <segin@segin.example>',
    signInUrl: 'http://127.0.0.1',
    country: here.country,
    log: pino({ level: 'silent' }),
  })
  const ours = await startOurs(here)
  const plain = new Client({ connection: await Connection.connect({ address: here.engine.address }) })
  const raw = await startRaw(here.engine.address, plain, owner)
  try {
    const ahead = 20_000 + (count / OPENED_A_SECOND) * 1_000
    const day = new Date().toISOString().slice(0, 10)
    const due = Date.parse(`${day}T16:00:00Z`)
    await declareSettings(here.db.sql, (newest) => ({ ...newest, offsetMs: due - ahead - Date.now() }), {
      user: null,
      reason: 'bench',
    })
    const falls = Date.now() + ahead
    await inTurns(count, () => ours.waits(day))
    const sent = async (): Promise<number> =>
      countOf(await owner`select count(*)::int as n from outbox where state = 'sent'`)
    const recorded = async (): Promise<number> => countOf(await owner`select count(*)::int as n from outbox`)
    if (Date.now() > falls) throw new Error(`opening took ${((Date.now() - falls) / 1000).toFixed(0)} s too long`)
    const [ourRecorded, ourSent] = await Promise.all([until(falls, recorded, count), until(falls, sent, count)])
    const at = Date.now() + (count / 60) * 1_000 + 5_000
    await inTurns(count, () => raw.timer(at))
    const theirs = await until(at, async () => countOf(await owner`select count(*)::int as n from raw_rows`), count)
    const shown = (what: string, ms: number): void =>
      say(`${what.padEnd(42)}${(ms / 1000).toFixed(1).padStart(8)} s${(count / (ms / 1000)).toFixed(0).padStart(8)} /s`)
    say(`${count} deadlines in one instant`)
    shown('ours, recorded', ourRecorded)
    shown('ours, mailed', ourSent)
    shown('raw: one timer, one row, one upsert', theirs)
    say(`ratio, mailed: ${(ourSent / theirs).toFixed(2)} (bar ≤ 1.0)`)
  } finally {
    await ours.end()
    await raw.end()
    await plain.connection.close()
    await relay.stop()
    await post.stop()
    await owner.end()
    await stopWork()
    await here.end()
    await server.end()
  }
}

const countOf = (rows: readonly Record<string, unknown>[]): number => Number(rows[0]?.['n'] ?? 0)

async function inTurns(count: number, one: () => Promise<unknown>): Promise<void> {
  let left = count
  const next = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      await one()
    }
  }
  await Promise.all(Array.from({ length: OPENED_AT_ONCE }, next))
}

/** Milliseconds from `start` until `count` are there. */
async function until(start: number, seen: () => Promise<number>, count: number): Promise<number> {
  while ((await seen()) < count) {
    if (Date.now() - start > 20 * 60_000) throw new Error('twenty minutes and not all of them')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return Date.now() - start
}
