/** What people see when a plan is sent back, drafted again, and decided again. */

import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type InstalledApi, type Person, startApi } from '../installed-api.ts'
import { complete, followedCase, itemOf, must, rows } from './clerk.ts'

let api: InstalledApi
let manager: Person
let supervisor: Person
let number: string
const needs = [{ key: 'n1', family: 'health', urgency: '3d' }]
const draft = { goals: 'Open a workshop', feasible: 'yes_as_is', needs, economic: false }
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  manager = await api.person('fatoumata.coulibaly')
  supervisor = await api.person('moussa.traore')
  number = await followedCase(await api.person('boubacar.dembele'), supervisor)
  await must(manager.post(`/api/v1/cases/${number}/actions/begin_procedure`, { procedure: 'ml-plan' }))
  await complete(manager, number, 'draft', 'drafted', { ...draft, budget: 650_000 })
})
afterAll(() => api.end())

it('a decision shows amounts, rows and the person’s own words as people read them', async () => {
  const item = await itemOf(supervisor, number, 'validation')
  const seen = await must(supervisor.get(`/api/v1/work/${item}`))
  const answers = Object.fromEntries(rows(seen, '/about/0/answers').map((one) => [String(one['id']), one]))
  expect(String(answers['budget']?.['text'])).toMatch(/^650.000 F CFA$/)
  expect(answers['needs']).toMatchObject({ value: needs, text: 'n1, Santé, Trois jours' })
  expect(answers['economic']?.['text']).toBe('Non')
  expect(answers['goals']).toMatchObject({ personal: true, text: 'Open a workshop' })
  expect(seen.at('/about/0/changed_since_last_round')).toEqual([])
})

it('whoever drafted it is told that somebody else must decide, and who can', async () => {
  const item = await itemOf(manager, number, 'validation')
  const seen = await must(manager.get(`/api/v1/work/${item}`))
  const why = rows(seen, '/not_now').find((one) => one['act'] === 'complete_step')
  expect(why?.['who']).toContainEqual(
    expect.objectContaining({ people: expect.arrayContaining([expect.objectContaining({ label: 'Moussa Traoré' })]) }),
  )
})

it('what is sent back comes with the answers of the round before, the remarks, and its own time', async () => {
  const remarks = [{ field: 'budget', text: 'The quote for the sewing machine is missing.' }]
  await complete(supervisor, number, 'validation', 'sent_back', {}, { remarks })
  const item = (await itemOf(manager, number, 'draft')) ?? ''
  expect(item).toMatch(/\.draft\.2$/)
  const seen = await must(manager.get(`/api/v1/work/${item}`))
  expect(seen.at('/previous/answers')).toMatchObject({ budget: 650_000, needs, goals: 'Open a workshop' })
  expect(seen.at('/previous/sent_back/remarks')).toEqual(remarks)
  expect(seen.at('/deadline/why')).toBe('5 jours ouvrables à partir de l’ouverture de l’étape')
})

it('the next decision says what changed since, and nothing else', async () => {
  await complete(manager, number, 'draft', 'drafted', { ...draft, budget: 720_000 })
  const item = (await itemOf(supervisor, number, 'validation')) ?? ''
  expect(item).toMatch(/\.validation\.2$/)
  const seen = await must(supervisor.get(`/api/v1/work/${item}`))
  const changes = rows(seen, '/about/0/changed_since_last_round')
  expect(changes.map((one) => one['id'])).toEqual(['budget'])
  expect(rows(seen, '/form/outcomes').find((one) => one['id'] === 'sent_back')?.['then']).toContain('Reste 2 renvoi')
})

it('the round before is a page of the past: it is done, and offers nothing', async () => {
  const item = (await itemOf(supervisor, number, 'validation')) ?? ''
  const past = await must(supervisor.get(`/api/v1/work/${item.replace(/2$/, '1')}`))
  expect(past.body).toMatchObject({ state: 'done', round: 1, actions: [], not_now: [] })
})

it('an act on the round before is refused by its id alone, and leads to the round that is asked now', async () => {
  const item = (await itemOf(supervisor, number, 'validation')) ?? ''
  const { body: now } = await must(supervisor.get(`/api/v1/work/${item}`))
  const late = { step: item.replace(/2$/, '1'), basis: now['basis'], outcome: 'approved', answers: {} }
  const answer = await supervisor.post(`/api/v1/cases/${number}/actions/complete_step`, late)
  expect([answer.status, answer.body['code'], answer.body['now']]).toEqual([
    409,
    'step_reopened',
    `/api/v1/work/${item}`,
  ])
  expect(answer.body['kept_as_draft']).toBe(true)
  const never = { ...late, step: item.replace(/2$/, '9') }
  expect((await supervisor.post(`/api/v1/cases/${number}/actions/complete_step`, never)).status).toBe(404)
})
