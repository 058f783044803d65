/**
 * `npm run bench -- rungs [CASES [ROUNDS [service]]]`: deadlines that fall due in one instant, beside as many raw timers,
 * while people work; `service`: as in service, where ours are spread over ten minutes.
 */

import { setTimeout as pause } from 'node:timers/promises'
import { Client, Connection } from '@temporalio/client'
import { pino } from 'pino'
import { connect, type Sql } from '../../database/connect.ts'
import { declareSettings } from '../../database/queries/settings.ts'
import { startRelay } from '../../worker/relay/index.ts'
import { startInstallation } from '../../test/installation.ts'
import { startPostgres } from '../../test/postgres.ts'
import { startMailServer } from '../../test/worker/mail-server.ts'
import { type Burst, tableOf } from './burst.ts'
import { inTurns, untilThere } from './load.ts'
import { type Ours, startOurs } from './ours.ts'
import { atWork } from './people.ts'
import { type Raw, startRaw } from './raw/worker.ts'

const OPENED_AT_ONCE = 16
const PEOPLE = 4
/** Opened before, to see how fast it goes here. */
const TRIED = 40
const DAY_MS = 86_400_000

interface Sides {
  ours: Ours
  raw: Raw
  /** As the owner of the database of both. */
  owner: Sql
  /** As the application. */
  sql: Sql
  say: (line: string) => void
}

export async function rungs(
  count: number,
  rounds: number,
  kind: 'training' | 'service',
  say: (line: string) => void,
): Promise<void> {
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
  const ours = await startOurs(here, kind)
  const plain = new Client({ connection: await Connection.connect({ address: here.engine.address }) })
  const raw = await startRaw(here.engine.address, plain, owner)
  try {
    const sides = { ours, raw, owner, sql: here.db.sql, say }
    const bursts: Burst[] = []
    for (let round = 1; round <= rounds; round += 1) {
      // Who goes first changes, so that what grows meanwhile weighs on both.
      const order = round % 2 === 1 ? [rawBurst, ourBurst] : [ourBurst, rawBurst]
      for (const burst of order) bursts.push(await burst(sides, count, round))
    }
    for (const line of tableOf(bursts, kind === 'service')) say(line)
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

/** Every case of a day has its deadline at four in the afternoon: the date of the installation is set shortly before. */
async function ourBurst({ ours, owner, sql, say }: Sides, count: number, round: number): Promise<Burst> {
  const day = new Date(Date.now() + 2 * round * DAY_MS).toISOString().slice(0, 10)
  const due = Date.parse(`${day}T16:00:00Z`)
  const falling = (ahead: number): Promise<unknown> =>
    declareSettings(sql, (newest) => ({ ...newest, offsetMs: due - ahead - Date.now() }), {
      user: null,
      reason: 'bench',
    })
  const before = new Date(Date.parse(day) - DAY_MS).toISOString().slice(0, 10)
  await falling(DAY_MS / 2)
  const began = Date.now()
  await inTurns(TRIED, OPENED_AT_ONCE, () => ours.waits(before))
  await pause(2_000)
  const known = await countOf(owner`select count(*)::int as n from outbox where notice = 'due'`)
  const ahead = Math.round(20_000 + (count / TRIED) * (Date.now() - began - 2_000) * 1.3)
  await falling(ahead)
  const at = Date.now() + ahead
  say(`round ${round}, ours: ${count} cases are opened, and fall due in ${(ahead / 1000).toFixed(0)} s`)
  const people = await Promise.all(Array.from({ length: PEOPLE }, () => ours.open()))
  const opened = await inTurns(count, OPENED_AT_ONCE, () => ours.waits(day), at - 5_000)
  say(`round ${round}, ours: ${opened} opened, ${((at - Date.now()) / 1000).toFixed(0)} s left`)
  await pause(at - Date.now())
  const working = atWork(people.map((one) => () => one.step()))
  const recorded = (): Promise<number> =>
    countOf(owner`select count(*)::int - ${known} as n from outbox where notice = 'due'`)
  const mailed = (): Promise<number> =>
    countOf(owner`select count(*)::int - ${known} as n from outbox where notice = 'due' and state = 'sent'`)
  const used = process.cpuUsage()
  const [ofRecord, ofMail] = await Promise.all([
    untilThere(at, opened, recorded, (n) => say(`round ${round}, ours: ${n} recorded`)),
    untilThere(at, opened, mailed, () => {}),
  ])
  return {
    side: 'ours',
    round,
    count: opened,
    recorded: ofRecord,
    mailed: ofMail,
    used: process.cpuUsage(used),
    people: await working.stop(),
  }
}

async function rawBurst({ raw, owner, say }: Sides, count: number, round: number): Promise<Burst> {
  const known = await countOf(owner`select count(*)::int as n from raw_rows where n = 1`)
  const people = await Promise.all(Array.from({ length: PEOPLE }, () => raw.open()))
  await Promise.all(people.map((step) => step()))
  const at = Date.now() + (count / 60) * 1_000 + 5_000
  const opened = await inTurns(count, OPENED_AT_ONCE, () => raw.timer(at), at - 2_000)
  say(`round ${round}, raw: ${opened} started`)
  await pause(at - Date.now())
  const working = atWork(people)
  const used = process.cpuUsage()
  const rows = (): Promise<number> =>
    countOf(owner`select count(*)::int - ${known + PEOPLE} as n from raw_rows where n = 1`)
  const recorded = await untilThere(at, opened, rows, (n) => say(`round ${round}, raw: ${n} written`))
  return {
    side: 'raw',
    round,
    count: opened,
    recorded,
    mailed: null,
    used: process.cpuUsage(used),
    people: await working.stop(),
  }
}

const countOf = async (query: Promise<readonly Record<string, unknown>[]>): Promise<number> =>
  Number((await query)[0]?.['n'] ?? 0)
