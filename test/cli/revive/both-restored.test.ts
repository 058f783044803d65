/** Engine and database are put back from two different moments: what either knows is kept, and what neither knows can be done again. */

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fold } from '../../../cases/evolve/index.ts'
import { firstBrokenLink, loadLedger } from '../../../database/ledger.ts'
import { raiseIncarnations } from '../../../database/queries/revive.ts'
import { type RealApi, type Person, startRealApi } from '../../api/installed-api.ts'
import { complete, must, openCase, rows } from '../../api/screens/clerk.ts'
import { until } from '../started.ts'
import { startPostgres, type TestPostgres } from '../../postgres.ts'
import { newRow, type Opened, openIn } from '../../workflows/acting.ts'
import { caseWorkflowId, takenSettingsQuery } from '../../../workflows/messages.ts'
import { kindsOf, liveOn, reviveOn } from './reviving.ts'

/** What each case lives through between the two moments. */
const LIVES = ['quiet', 'noted', 'late', 'closed', 'reopened', 'raised'] as const
type Moment = 'before' | 'between' | 'after'
interface Noted {
  number: string
  key: string
  when: Moment
}
const DAY_OFF = { date: '2027-03-11', title: { fr: 'Jour chômé', en: 'Day off' } }

describe.each(['the engine from the older moment', 'the database from the older moment'])('%s', (direction) => {
  const engineIsOlder = direction.startsWith('the engine')
  let server: TestPostgres
  let api: RealApi
  let agent: Person
  let supervisor: Person
  let national: Person
  let found: string
  const cases = {} as Record<(typeof LIVES)[number] | 'newcomer' | 'lost', string>
  let unrecorded: Opened
  const notes: Noted[] = []

  beforeAll(async () => {
    server = await startPostgres()
    api = await startRealApi(server.url)
    ;[agent, supervisor, national] = (await Promise.all(
      ['boubacar.dembele', 'mariam.doumbia', 'ibrahim.toure'].map(api.person),
    )) as [Person, Person, Person]
    const { engine } = api.here
    const [older, newer] = engineIsOlder ? [engine, server] : [server, engine]
    await working(before)
    const back = await older.keep()
    await working(between)
    const backToo = await newer.keep()
    await working(after)
    await back()
    await backToo()
    await api.here.work()
  })
  afterAll(async () => {
    await api.end()
    await server.end()
  })

  async function working(lives: () => Promise<void>): Promise<void> {
    const stop = await api.here.work()
    await lives()
    await stop()
  }
  async function before(): Promise<void> {
    for (const life of LIVES) cases[life] = await openCase(agent)
    for (const life of LIVES) await note(cases[life], 'before')
    for (const life of ['closed', 'reopened'] as const)
      await complete(agent, cases[life], 'triage', 'not_ours', { priority: 'none', population: 'refugee' })
    await close('reopened')
    unrecorded = await newRow(api.here)
    // A revival that was killed just here.
    await raiseIncarnations(api.here.db.sql, [await idOf(cases.raised)])
  }
  async function between(): Promise<void> {
    expect((await revived()).code).toBe(0)
    for (const life of ['noted', 'raised'] as const) await note(cases[life], 'between')
    await close('closed')
    await must(
      supervisor.post(`/api/v1/cases/${cases.reopened}/actions/begin_procedure`, { procedure: 'ml-reopening' }),
    )
    cases.newcomer = await openCase(agent)
    await openIn(api.here, unrecorded)
    await must(national.post('/api/v1/calendar/days', DAY_OFF, { Prefer: 'wait=25' }))
  }
  async function after(): Promise<void> {
    for (const life of ['noted', 'late'] as const) await note(cases[life], 'after')
    cases.lost = await openCase(agent)
  }

  async function note(number: string, when: Moment): Promise<void> {
    const key = randomUUID()
    // Servers that have just come back may not answer in time: the same key is sent again, as a client is told to.
    await until(async () => (await write(number, key)).status === 200)
    notes.push({ number, key, when })
  }
  const write = (number: string, key: string) =>
    agent.post(`/api/v1/cases/${number}/actions/add_note`, { text: 'Bonjour' }, { 'Idempotency-Key': key })
  async function close(life: 'closed' | 'reopened'): Promise<void> {
    const slip = { orientation_slip: [{ paper: { kept_at: 'Classeur 4' } }] }
    await complete(agent, cases[life], 'refugee', 'received', {}, { evidence: slip })
    await complete(supervisor, cases[life], 'population_check', 'taken_over', { taken_by: 'mrn' })
  }
  const idOf = async (number: string): Promise<string> =>
    String((await api.here.db.sql`select case_id from cases where number = ${number}`)[0]?.['caseId'])
  const revived = (run = true) => reviveOn(api.here, api.here.temporal, { run })
  const answered = async ({ number, key }: Noted): Promise<number> =>
    (await agent.get(`/api/v1/cases/${number}/actions/${key}`)).status
  const notesIn = async (number: string): Promise<number> =>
    (await kindsOf(api.here, await idOf(number))).filter((kind) => kind === 'noted').length

  it('until they are revived, no case that differs takes an act: nothing is written over a gap', async () => {
    const kept = await notesIn(cases.noted)
    expect((await write(cases.noted, randomUUID())).status).toBeGreaterThanOrEqual(500)
    expect(await notesIn(cases.noted)).toBe(kept)
    expect(await firstBrokenLink(api.here.db.sql, await idOf(cases.noted))).toBeNull()
  })

  it('is told first, situation by situation, and what neither knows is said', async () => {
    found = (await revived(false)).said
    const [known, does] = engineIsOlder
      ? ['the engine knows less than the record', 'begins again']
      : ['the workflow knows more than the record', 'written again in the record']
    expect(found).toContain(`${known}: ${does}`)
    expect(found).toMatch(/Last entry of the record: \d{4}-/)
    // A case that only the engine knows is named: it has to be opened again.
    if (!engineIsOlder) expect(found).toContain(`left alone, to be opened again  (${cases.newcomer})`)
  })

  it('is revived: every case of either goes on', async () => {
    const { code, said } = await revived()
    expect(code, said).toBe(0)
    for (const [life, number] of Object.entries(cases)) {
      if (life === 'lost' || (life === 'newcomer' && !engineIsOlder)) continue
      const [row] = await api.here.db.sql`select status from cases where number = ${number}`
      expect([life, row?.['status']]).toEqual([life, life === 'closed' ? 'closed' : 'open'])
    }
    const [row] = await api.here.db.sql`select status from cases where case_id = ${unrecorded.caseId}`
    expect(row?.['status']).toBe('open')
  })

  it('what was answered before the newer moment is there once; of what came later nothing is half there', async () => {
    for (const one of notes) expect([one, await answered(one)]).toEqual([one, one.when === 'after' ? 404 : 200])
    for (const number of new Set(notes.map((one) => one.number)))
      expect(await notesIn(number)).toBe(notes.filter((one) => one.number === number && one.when !== 'after').length)
    const { body } = await must(agent.get('/api/v1/calendar'))
    expect((body['days_off'] as { date: string }[]).some(({ date }) => date === DAY_OFF.date)).toBe(true)
  })

  it('what was lost with both is done once when it is sent again, under the same key', async () => {
    for (const one of notes.filter(({ when }) => when === 'after')) {
      const had = await notesIn(one.number)
      await must(write(one.number, one.key))
      await must(write(one.number, one.key))
      expect(await notesIn(one.number)).toBe(had + 1)
    }
    expect((await agent.get(`/api/v1/cases/${cases.lost}`)).status).toBe(404)
  })

  it('a day that is declared now reaches every case: no number is given to two declarations', async () => {
    const day = { ...DAY_OFF, date: '2027-03-12' }
    await must(national.post('/api/v1/calendar/days', day, { Prefer: 'wait=25' }))
    for (const row of await api.here.db.sql`select case_id from cases where status = 'open'`) {
      const taken = await api.here.temporal.workflow
        .getHandle(caseWorkflowId(String(row['caseId'])))
        .query(takenSettingsQuery)
      const off = taken.calendar.daysOff.map((one) => one.date)
      expect(off).toEqual(expect.arrayContaining([DAY_OFF.date, day.date]))
    }
  })

  it('ledger, lists and workflow say the same, and every invariant holds', async () => {
    const { db, temporal } = api.here
    for (const row of await db.sql`select case_id from cases where status = 'open'`) {
      const caseId = String(row['caseId'])
      const [live, ledger] = await Promise.all([liveOn(temporal, caseId), loadLedger(db.sql, db.ring, caseId)])
      expect(fold(caseId, ledger?.entries ?? [])).toEqual(live.state)
      expect(await firstBrokenLink(db.sql, caseId)).toBeNull()
    }
    const report = await must(national.get('/api/v1/invariants'))
    expect(rows(report, '/invariants').filter((one) => one['holds'] !== true)).toEqual([])
    expect((await revived(false)).said).not.toMatch(/begins again|written again|ended in/)
  })
})
