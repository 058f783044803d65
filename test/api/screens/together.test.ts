import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type InstalledApi, type Person, startApi } from '../installed-api.ts'
import { complete, must, openCase, rows } from './clerk.ts'

let api: InstalledApi
let agent: Person
let supervisor: Person
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  agent = await api.person('boubacar.dembele')
  supervisor = await api.person('mariam.doumbia')
})
afterAll(() => api.end())

it('a case names its arrival and the others of its household, and nobody else', async () => {
  const desk = await api.person('awa.keita')
  const flight = {
    place: 'senou',
    channel: 'air',
    expected: new Date().toISOString(),
    carrier: 'charter',
    headcount: 3,
  }
  const arrival = String((await must(desk.post('/api/v1/arrivals', flight))).body['id'])
  const people = [
    { row: 'a1', name: 'Awa Diarra', birth: '1994', sex: 'f', household: 'A' },
    { row: 'a2', name: 'Ibrahim Diarra', birth: '2019', sex: 'm', household: 'A' },
    { row: 'a3', name: 'Oumar Touré', birth: '1988', sex: 'm' },
  ]
  const added = await must(agent.post(`/api/v1/arrivals/${arrival}/actions/add_people`, { people }))
  const [mother, child, other] = rows(added, '/rows').map((row) => String(row['case']))
  const found = await must(agent.get(`/api/v1/cases/${mother}`))
  expect(found.at('/arrival/number')).toBe(arrival)
  expect(rows(found, '/household').map((one) => one['number'])).toEqual([child])
  expect((await must(agent.get(`/api/v1/cases/${other}`))).at('/household')).toEqual([])
})

describe('a duplicate that was merged', () => {
  it('says so under its old number, and sends every act to the older case', async () => {
    const older = await openCase(agent)
    const younger = await openCase(agent)
    const body = { procedure: 'ml-duplicate', answers: { other: older } }
    await must(agent.post(`/api/v1/cases/${younger}/actions/begin_procedure`, body))
    await complete(agent, younger, 'comparison', 'compared')
    await complete(supervisor, younger, 'verdict', 'same_person')

    const found = await must(agent.get(`/api/v1/cases/${younger}`))
    expect(found.body).toMatchObject({ status: 'merged', merged_into: { number: older } })
    const refused = await agent.post(`/api/v1/cases/${younger}/actions/begin_procedure`, body)
    expect([refused.status, refused.body['code'], refused.at('/merged_into/number')]).toEqual([
      409,
      'case_merged',
      older,
    ])
    const third = await openCase(agent)
    const chained = { ...body, answers: { other: younger } }
    const sent = await agent.post(`/api/v1/cases/${third}/actions/begin_procedure`, chained)
    expect([sent.at('/errors/0/code'), sent.at('/errors/0/expected')]).toEqual(['merged_case', [older]])
    expect((await must(agent.get(`/api/v1/cases/${older}`))).at('/merged/0/number')).toBe(younger)
    const search = await must(
      agent.ask('POST', '/api/v1/cases/search', { body: { name: 'Awa Diarra', birth: '1994' } }),
    )
    const numbers = rows(search, '/items').map((one) => one['number'])
    expect(numbers).toContain(older)
    expect(numbers).not.toContain(younger)
  })
})

it('who ended a step meanwhile is told in words', async () => {
  const number = await openCase(agent)
  const step = String(rows(await must(agent.get(`/api/v1/cases/${number}`)), '/open_steps')[0]?.['id'])
  await complete(agent, number, 'triage', 'ours')
  const late = await agent.post(`/api/v1/cases/${number}/actions/complete_step`, { step, outcome: 'ours', answers: {} })
  expect(late.body['code']).toBe('step_ended')
  expect(String(late.at('/since/0/text'))).toMatch(/\S/)
})

it('GET /me counts what waits for me, as the list does', async () => {
  const work = await must(agent.get('/api/v1/work?limit=200'))
  expect((await must(agent.get('/api/v1/me'))).at('/counts/mine')).toBe(rows(work, '/items').length)
})
