/** `npm run bench -- lists [CASES]`: what supervisors look at, in a database that holds a country. */

import { pino } from 'pino'
import { createApi } from '../../api/app.ts'
import { connect } from '../../database/connect.ts'
import { addToken } from '../../database/queries/staff.ts'
import { personOf } from '../../test/api/installed-api.ts'
import { startPostgres } from '../../test/postgres.ts'
import { PROCEDURES } from '../../test/mali.ts'
import { staffedDatabase } from '../../test/templates.ts'
import { layDown } from './country.ts'
import { ms, spread, timed } from './figures.ts'

const TIMES = 40
/** Screen, and its bar for p95 in milliseconds. */
const SCREENS: [string, number][] = [
  ['/work?limit=25', 50],
  ['/overdue?limit=25', 50],
  ['/cases?limit=25', 50],
  ['/workload', 300],
  ['/overrides', 300],
]
const VIEWERS = {
  'case manager, Kayes': 'fatoumata.coulibaly',
  'supervisor, Kayes': 'moussa.traore',
  national: 'ibrahim.toure',
}

export async function lists(count: number, say: (line: string) => void): Promise<void> {
  const server = await startPostgres()
  const { db, country } = await staffedDatabase(server.url)
  const owner = connect(db.url, { as: 'owner' })
  try {
    const began = performance.now()
    const events = await layDown(owner, PROCEDURES, count, say)
    const [size] = await owner<[{ cases: number; steps: number; disk: string }]>`
      select count(*)::int as cases, (select count(*)::int from open_steps) as steps,
      pg_size_pretty(pg_database_size(current_database())) as disk from cases`
    say(`${size.cases} cases, ${size.steps} open steps, ${size.disk}: what ${(events / 1e6).toFixed(1)} million`)
    say(`events came to; laid down in ${((performance.now() - began) / 1000).toFixed(0)} s\n`)
    const app = createApi({
      sql: db.sql,
      ring: db.ring,
      temporal: null as never,
      installation: { kind: 'training', version: 'bench' },
      country,
      log: pino({ level: 'silent' }),
      realNow: () => Date.now(),
    })
    for (const [who, login] of Object.entries(VIEWERS)) {
      const [user] = await owner<{ id: string }[]>`select id from users where login = ${login}`
      const token = `sgt_bench_${login}`
      const expires = new Date(Date.now() + 3_600_000)
      await addToken(db.sql, { id: `tok-${login}`, user: String(user?.id), token, device: null, expires })
      const person = personOf(app, login, token)
      for (const [screen, bar] of SCREENS) {
        const times: number[] = []
        for (let n = 0; n < TIMES; n += 1) {
          const at = await timed(async () => {
            const { status, text } = await person.get(`/api/v1${screen}`)
            if (status !== 200 && status !== 403) throw new Error(`${screen}: ${status} ${text}`)
          })
          if (n >= 5) times.push(at)
        }
        const { p50, p95 } = spread(times)
        say(`${who.padEnd(22)}${screen.padEnd(20)}${ms(p50).padStart(11)}${ms(p95).padStart(11)}   < ${bar} ms`)
      }
    }
  } finally {
    await owner.end()
    await db.drop()
    await server.end()
  }
}
