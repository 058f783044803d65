/** One installation of a pair: its own database, engine, API and mail, on a clock that both share. */

import { pino } from 'pino'
import { vi } from 'vitest'
import { tellUnheld } from '../../activities/tell-unheld.ts'
import { createApi } from '../../api/app.ts'
import type { ApiApp } from '../../api/context/deps.ts'
import { metricsPage } from '../../api/health/metrics.ts'
import { RequestFigures } from '../../api/health/request-figures.ts'
import { firstRun } from '../../cli/start/first-run.ts'
import { readInstallation } from '../../database/queries/installation.ts'
import { addToken } from '../../database/queries/staff.ts'
import type { Country } from '../../procedures/language/index.ts'
import { sendDueMail } from '../../worker/relay/send-due-mail.ts'
import { openPost } from '../../worker/relay/smtp.ts'
import { type Person, personOf } from '../api/installed-api.ts'
import { PROCEDURES } from '../mali.ts'
import { freshDatabase, type TestDatabase } from '../postgres.ts'
import { publishedDatabase } from '../templates.ts'
import { type MailServer, startMailServer } from '../worker/mail-server.ts'
import { engineOn } from '../engine/index.ts'

const NEVER = new Date('2200-01-01T00:00:00Z')

export interface World {
  db: TestDatabase
  country: Country
  /** Everybody of the staff, with a token that both worlds know. */
  person: (login: string) => Person
  /** A fresh process: nothing remembered, no limit used up. */
  app: () => ApiApp
  /** What is under way is done, what fell due has happened, and what that told has left. */
  mailed: () => Promise<void>
  /** The same, and the worker has looked for work that nobody holds, as it does every minute. */
  rounds: () => Promise<void>
  /** Lives on to an instant, stopping wherever something falls due. */
  until: (instant: number) => Promise<void>
  /** The page of `/metrics`; requests are counted from the last look on. */
  metrics: () => Promise<string>
  /** Every mail that left. */
  mails: MailServer['mails']
  end: () => Promise<void>
}

export const tokenOf = (login: string): string => `sgt_twin_${login}`

/** An installation in which nothing has happened yet. */
export async function firstWorld(server: string): Promise<World> {
  const { db, country } = await publishedDatabase(server)
  await firstRun(db.sql, PROCEDURES, country)
  for (const { id, login } of await db.sql<{ id: string; login: string }[]>`select id, login from users`)
    await addToken(db.sql, { id: `tok-${login}`, user: id, token: tokenOf(login), device: null, expires: NEVER })
  return worldOn(db, country)
}

/** Two worlds with one past. Ends the one they come from. */
export async function twinsOf(server: string, past: World): Promise<[World, World]> {
  const copy = await copiesOf(server, past)
  const twins: [World, World] = [await copy(), await copy()]
  await past.end()
  return twins
}

/** Makes worlds with one past. Nothing happens any more in the one they come from. */
export async function copiesOf(server: string, past: World): Promise<() => Promise<World>> {
  await past.db.sql.end()
  return async () => worldOn(await freshDatabase(server, past.db), past.country)
}

async function worldOn(db: TestDatabase, country: Country): Promise<World> {
  const engine = await engineOn(db)
  const server = await startMailServer()
  const post = openPost(server.url)
  let requests = new RequestFigures()
  const app = () =>
    createApi({
      sql: db.sql,
      ring: db.ring,
      temporal: engine.temporal,
      installation: { kind: 'training', version: '0.1.0' },
      country,
      log: pino({ level: 'silent' }),
      realNow: () => Date.now(),
      requests,
    })
  const installation = await readInstallation(db.sql)
  if (!installation) throw new Error('no installation')
  const mail = async (): Promise<void> => {
    const from = 'segin@segin.example'
    const sending = { sql: db.sql, post, owner: 'relay', installation, from, url: 'http://segin.example', country }
    while ((await sendDueMail({ ...sending, tell: () => {} })) > 0);
  }
  const mailed = async (): Promise<void> => {
    await engine.passTime()
    await mail()
  }
  return {
    db,
    country,
    person: (login) => personOf(app(), login, tokenOf(login)),
    app,
    async metrics() {
      const page = metricsPage({ sql: db.sql, temporal: engine.temporal, requests })
      requests = new RequestFigures()
      return page()
    },
    mails: server.mails,
    mailed,
    async rounds() {
      await engine.passTime()
      await tellUnheld(db)
      await mail()
    },
    async until(instant) {
      for (let at = await engine.wakeAt(); at !== null && at <= instant; at = await engine.wakeAt()) {
        vi.setSystemTime(at)
        await engine.passTime()
        await mail()
      }
      vi.setSystemTime(instant)
      await mail()
    },
    async end() {
      post.close()
      await server.stop()
      await db.drop()
    },
  }
}
