/** A child alone, over HTTP: safe first, and nothing decided about them before somebody speaks for them. */

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type InstalledApi, type Person, startApi } from './installed-api.ts'
import { complete, itemOf, must, openCase, rows } from './screens/clerk.ts'

let api: InstalledApi
let head: Person
let protection: Person
let judge: Person
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  head = await api.person('modibo.sangare')
  protection = await api.person('rokia.samake')
  judge = await api.person('cheick.haidara')
})
afterAll(() => api.end())

describe('a foreign child alone', () => {
  it('is not sent to another procedure before having a guardian, and whoever tries is told why and by whom', async () => {
    const agent = await api.person('boubacar.dembele')
    const supervisor = await api.person('mariam.doumbia')
    const number = await openCase(agent, { unaccompanied: true })
    await complete(agent, number, 'triage', 'not_ours', { population: 'transit' })
    await complete(agent, number, 'transit', 'received')
    const item = (await itemOf(supervisor, number, 'population_check')) ?? ''
    const shown = await must(supervisor.get(`/api/v1/work/${item}`))
    const decides = { step: item, basis: shown.at('/basis'), outcome: 'taken_over', answers: { taken_by: 'mrn' } }
    const refused = await supervisor.post(`/api/v1/cases/${number}/actions/complete_step`, decides)
    expect([refused.status, refused.body['code']]).toEqual([409, 'gate_closed'])
    expect(refused.text).toMatch(/Cet enfant doit d.abord avoir un tuteur, au moins provisoire/)
    expect(refused.text).toMatch(/Protection de l.enfance/)

    await complete(head, number, 'safety', 'sheltered')
    await complete(head, number, 'report', 'reported')
    await complete(protection, number, 'provisional', 'named')
    const open = await must(supervisor.get(`/api/v1/work/${item}`))
    const last = await supervisor.post(`/api/v1/cases/${number}/actions/complete_step`, {
      ...decides,
      basis: open.at('/basis'),
    })
    expect(last.at('/case/status')).toBe('closed')
  })
})

describe('a Malian child alone', () => {
  it('goes from the airport to the child panel and to whoever signs for them', async () => {
    const agent = await api.person('kadiatou.sissoko')
    const number = await openCase(agent, { unaccompanied: true })
    await complete(agent, number, 'triage', 'ours')
    await complete(agent, number, 'safety', 'sheltered')
    await complete(agent, number, 'report', 'reported')
    await complete(protection, number, 'provisional', 'named')
    await complete(protection, number, 'appointment', 'appointed', { until: '2099-12-31' })
    await complete(protection, number, 'placement', 'placed')
    await complete(protection, number, 'bia', 'assessed', { turns_18_on: '2099-12-31' })
    await complete(judge, number, 'hearing', 'heard')
    await complete(await api.person('yacouba.ongoiba'), number, 'tracing_started', 'begun')
    await complete(protection, number, 'tracing', 'found')
    await complete(protection, number, 'family_check', 'done')
    await complete(await api.person('aminata.dicko'), number, 'bid', 'reunify')
    await complete(protection, number, 'handover', 'to_parents')
    const found = await must(protection.get(`/api/v1/cases/${number}`))
    const steps = rows(found, '/open_steps').map((row) => String(row['id']).split('.')[2])
    expect(steps).toContain('school_plan')
    expect(steps).not.toContain('placement_review')
  })
})
