/** The engine is put back as it was yesterday, under a running API: it knows less than the record, and cases that are closed. */

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { kindsOf, liveOn, reviveOn } from '../cli/revive/reviving.ts'
import { type RealApi, type Person, startRealApi } from './installed-api.ts'
import { complete, must, openCase } from './screens/clerk.ts'

let api: RealApi
let agent: Person
let supervisor: Person
let desk: Person
let open: string
let closed: string
beforeAll(async () => {
  api = await startRealApi(inject('postgres'))
  const stop = await api.here.work()
  agent = await api.person('boubacar.dembele')
  desk = await api.person('awa.keita')
  supervisor = await api.person('mariam.doumbia')
  ;[open, closed] = [await openCase(agent), await openCase(agent)]
  await complete(agent, closed, 'triage', 'not_ours', { priority: 'none', population: 'refugee' })
  await stop()
  const back = await api.here.engine.keep()
  const stopAgain = await api.here.work()
  await noted('Après la sauvegarde')
  const slip = { orientation_slip: [{ paper: { kept_at: 'Classeur 4' } }] }
  await complete(agent, closed, 'refugee', 'received', {}, { evidence: slip })
  const end = await complete(supervisor, closed, 'population_check', 'taken_over', { taken_by: 'mrn' })
  expect(end.at('/case/status')).toBe('closed')
  await stopAgain()
  await back()
  await api.here.work()
})
afterAll(() => api.end())

const noted = (text: string) => must(agent.post(`/api/v1/cases/${open}/actions/add_note`, { text }))
const idOf = async (number: string): Promise<string> =>
  String((await api.here.db.sql`select case_id from cases where number = ${number}`)[0]?.['caseId'])

describe('an engine that was restored from an older file', () => {
  it('is found to know less than the record', async () => {
    const { said } = await reviveOn(api.here, api.here.temporal, {})
    expect(said).toContain(`the engine knows less than the record: begins again  (${open})`)
    expect(said).toContain(`closed in the record, still runs in the engine: ended in the engine  (${closed})`)
  })

  it('has its open cases begun again, and its closed ones ended', async () => {
    const { code, said } = await reviveOn(api.here, api.here.temporal)
    expect(code, said).toBe(0)
    const caseId = await idOf(open)
    expect((await kindsOf(api.here, caseId)).at(-1)).toBe('revived')
    expect((await liveOn(api.here.temporal, caseId)).inFlight).toBe(0)
    const ended = await api.here.temporal.workflow.getHandle(`case-${await idOf(closed)}`).describe()
    expect(ended.status.name).toBe('TERMINATED')
  })

  it('goes on: what is done next is recorded once, and the API says what the ledger says', async () => {
    await noted('Après la reprise')
    const live = await must(desk.get(`/api/v1/cases/${open}/live`))
    expect(live.body).toMatchObject({ agrees: true, differences: [] })
  })

  it('a closed case is opened again under its new incarnation', async () => {
    const again = await must(
      supervisor.post(`/api/v1/cases/${closed}/actions/begin_procedure`, { procedure: 'ml-reopening' }),
    )
    expect(again.at('/case/status')).toBe('open')
    const kinds = await kindsOf(api.here, await idOf(closed))
    expect(kinds.indexOf('revived')).toBeGreaterThan(0)
    expect(kinds.indexOf('revived')).toBeLessThan(kinds.indexOf('case_reopened'))
    const live = await must(desk.get(`/api/v1/cases/${closed}/live`))
    expect(live.body).toMatchObject({ agrees: true, differences: [] })
  })
})
