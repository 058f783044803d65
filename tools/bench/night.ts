/** `npm run bench -- night [PEOPLE]`: a night of arrivals, entered row by row by sixteen people at once over HTTP. */

import { fold } from '../../cases/evolve/index.ts'
import { loadLedger } from '../../database/ledger.ts'
import { addUser } from '../../database/queries/staff.ts'
import { startInstallation, type TestInstallation } from '../../test/installation.ts'
import { startPostgres } from '../../test/postgres.ts'
import { type BenchClient, openDoor } from './door.ts'
import { ms, spread, timed } from './figures.ts'

const DESKS = 16

export async function night(people: number, say: (line: string) => void): Promise<void> {
  const server = await startPostgres()
  const here = await startInstallation(server.url)
  await here.work()
  const door = await openDoor(here)
  try {
    const desks = await Promise.all(
      Array.from({ length: DESKS }, async (_, index) => door.client(await agent(here, `desk-${index + 1}`))),
    )
    const arrival = await announced(desks[0]!, people)
    const times: number[] = []
    const errors: string[] = []
    let unopened = 0
    let next = 0
    const began = performance.now()
    await Promise.all(
      desks.map(async (ask, desk) => {
        while (next < people) {
          const row = { row: `desk${desk + 1}-${(next += 1)}`, name: `Personne ${next}`, birth: '1994', sex: 'f' }
          const entry = async (): Promise<void> => {
            const answer = await ask('POST', `/arrivals/${arrival}/actions/add_people`, { people: [row] })
            const [{ result }] = answer['rows'] as [{ result: string }]
            // Sent again because it had not been answered in time, and its case was still being opened.
            if (result === 'accepted') unopened += 1
            else if (result !== 'opened') errors.push(result)
          }
          times.push(await timed(() => entry().catch((error: unknown) => void errors.push(String(error)))))
        }
      }),
    )
    const seconds = (performance.now() - began) / 1000
    const { p50, p95 } = spread(times)
    say(
      `${people} people entered by ${DESKS} at once: ${seconds.toFixed(1)} s, ${(people / seconds).toFixed(1)} a second`,
    )
    say(`an entry with its case open: p50 ${ms(p50)}, p95 ${ms(p95)}, longest ${ms(Math.max(...times))}`)
    say(
      `errors ${errors.length}${errors.length > 0 ? ` (${errors[0]})` : ''}, asked to send again ${door.again()}, answered before the case was open ${unopened}`,
    )
    say(await inTheLedger(here, arrival))
  } finally {
    await door.end()
    await here.end()
    await server.end()
  }
}

async function agent({ db }: TestInstallation, login: string): Promise<string> {
  const user = { id: `u-${login}`, login, name: login, email: `${login}@segin.example`, language: 'fr' as const }
  await addUser(db.sql, { ...user, secret: login }, [{ role: 'registration_agent', place: 'senou' }])
  return user.id
}

async function announced(ask: BenchClient, headcount: number): Promise<string> {
  const expected = `${new Date().toISOString().slice(0, 10)}T19:30:00Z`
  const flight = { place: 'senou', channel: 'air', expected, carrier: 'charter', headcount }
  return String((await ask('POST', '/arrivals', flight))['id'])
}

/** Read from the ledgers alone: the arrival's rows, and how often the case of each was opened. */
async function inTheLedger({ db }: TestInstallation, arrival: string): Promise<string> {
  const [found] = await db.sql`select case_id from cases where number = ${arrival}`
  const ledger = await loadLedger(db.sql, db.ring, String(found?.['caseId']))
  const rows = Object.values(fold(ledger?.caseId ?? '', ledger?.entries ?? []).rows)
  let once = 0
  for (const { caseId, number } of rows) {
    const own = await loadLedger(db.sql, db.ring, caseId)
    const opened = own?.entries.filter(({ event }) => event.kind === 'case_opened').length
    if (own?.number === number && opened === 1) once += 1
  }
  const [cases] = await db.sql`select count(*)::int as n from cases where arrival = ${arrival} and head_seq > 0`
  return `in the ledger: ${rows.length} rows, ${once} with a case opened once, ${Number(cases?.['n'])} cases begun`
}
