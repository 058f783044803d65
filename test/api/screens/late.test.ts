/** What people see when time has passed: the date of the training installation is moved, nobody acts. */

import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Answer, type InstalledApi, type Json, type Person, startApi } from '../installed-api.ts'
import { followedCase, itemOf, must, rows } from './clerk.ts'

let api: InstalledApi
let agent: Person
let supervisor: Person
let coordinator: Person
let number: string
let admission: string
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  agent = await api.person('boubacar.dembele')
  supervisor = await api.person('mariam.doumbia')
  coordinator = await api.person('ibrahim.toure')
  number = await followedCase(agent, await api.person('moussa.traore'))
  const manager = await api.person('fatoumata.coulibaly')
  const referral = { procedure: 'ml-referral', answers: { family: 'health', urgency: '3d' } }
  await must(manager.post(`/api/v1/cases/${number}/actions/begin_procedure`, referral))
  admission = (await itemOf(agent, number, 'admission')) ?? ''
  await days(12)
})
afterAll(() => api.end())

async function days(amount: number): Promise<void> {
  let answer = await must(
    agent.post('/api/v1/training/advances', { by: { amount, unit: 'days' } }, { Prefer: 'wait=25' }),
  )
  while (answer.body['status'] !== 'done')
    answer = await must(agent.get(String(answer.body['href']), { Prefer: 'wait=25' }))
}
const rowOf = (list: Answer, id: string): Record<string, Json> | undefined =>
  rows(list, '/items').find((one) => one['id'] === id)

it('what is late is first, says by how much, and who is told next', async () => {
  const overdue = await must(supervisor.get('/api/v1/overdue'))
  const row = rowOf(overdue, admission)
  const text = expect.stringMatching(/ — en retard de \d+ jours?/)
  expect(row?.['deadline']).toMatchObject({ state: 'late', text })
  expect(Number(overdue.at('/counts/late'))).toBe(rows(overdue, '/items').length)
  const late = rows(overdue, '/items').map((one) => String((one['deadline'] as { at: string }).at))
  expect(late).toEqual(late.toSorted())
  const [worst] = rows(overdue, '/counts/by_step')
  expect(worst).toMatchObject({ step: { id: expect.stringContaining('ml-reception.'), label: expect.any(String) } })
})

it('whoever was told finds it in their own work, and why', async () => {
  const mine = await must(supervisor.get('/api/v1/work'))
  expect(rowOf(mine, admission)?.['mine_because']).toBe('Vous en avez été prévenu(e)')
  const item = await must(supervisor.get(`/api/v1/work/${admission}`))
  expect(rows(item, '/actions').map((one) => one['act'])).toContain('complete_step')
})

it('the item, the list and the explanation tell the same deadline in the same words', async () => {
  const list = rowOf(await must(supervisor.get('/api/v1/overdue')), admission)?.['deadline'] as {
    at: string
    text: string
  }
  const item = (await must(supervisor.get(`/api/v1/work/${admission}`))).at('/deadline') as { at: string; text: string }
  const why = rows(await must(supervisor.get(`/api/v1/cases/${number}/explain`)), '/waiting').find(
    (one) => one['step'] === admission,
  )?.['deadline'] as { at: string; text: string }
  expect([item.at, item.text]).toEqual([list.at, list.text])
  expect([why.at, why.text]).toEqual([list.at, list.text])
})

it('rungs are in the timeline and among the notices, once each', async () => {
  const told = rows(await must(agent.get(`/api/v1/cases/${number}/timeline?limit=200`)), '/entries')
  const rungs = told.filter((one) => one['kind'] === 'rung_fired' && one['step'] === undefined)
  expect(rungs.length).toBeGreaterThan(2)
  expect(rungs.every((one) => (one['by'] as { id: string }).id === 'time')).toBe(true)
  const notices = rows(await must(agent.get(`/api/v1/cases/${number}/notices`)), '/items')
  expect(new Set(notices.map((one) => one['id'])).size).toBe(notices.length)
  expect(notices.some((one) => String(one['about']).startsWith(admission))).toBe(true)
})

it('a rung names the notice that went out with it, and the notice its rung', async () => {
  const told = rows(await must(agent.get(`/api/v1/cases/${number}/timeline?limit=200`)), '/entries')
  const notices = rows(await must(agent.get(`/api/v1/cases/${number}/notices`)), '/items')
  const rungs = told.filter((one) => one['kind'] === 'rung_fired')
  const sent = notices.filter((one) => one['rung'] !== null).map((one) => one['id'])
  expect(rungs.map((one) => one['notice']).toSorted()).toEqual(sent.toSorted())
  const fired = (await must(supervisor.get(`/api/v1/work/${admission}`))).at('/deadline/fired') as Json[]
  expect(fired.length).toBeGreaterThan(0)
  for (const one of fired) expect(sent).toContain((one as { notice: string }).notice)
})

it('the workload says what waits longest, what is due soon, and what nobody has', async () => {
  const kayes = await api.person('moussa.traore')
  const fatoumata = rows(await must(kayes.get('/api/v1/workload')), '/people').find(
    (one) => (one['user'] as { label: string }).label === 'Fatoumata Coulibaly',
  )
  const list = await must(kayes.get(String(fatoumata?.['work'])))
  const [late, items] = [Number(list.at('/counts/late')), rows(list, '/items')]
  expect(fatoumata).toMatchObject({ open_cases: 1, over: 0, late })
  const oldest = items.toSorted((a, b) => String(a['open_since']).localeCompare(String(b['open_since'])))[0]
  const text = expect.stringMatching(/jours? ouvrables?/)
  expect(fatoumata?.['longest_wait']).toMatchObject({ step: oldest?.['id'], title: oldest?.['title'], text })

  const senou = await must(supervisor.get('/api/v1/workload?place=senou'))
  const group = rows(senou, '/unowned').find((one) => (one['longest_wait'] as { step: string }).step === admission)
  const mine = await must(supervisor.get(String(group?.['work'])))
  expect(group).toMatchObject({ open: rows(mine, '/items').length, late: mine.at('/counts/late') })
  expect(rows(mine, '/items').every((one) => one['owner'] === null)).toBe(true)
  expect(rowOf(mine, admission)).toBeDefined()
})

it('the last rung is reached too, and says that it will speak again', async () => {
  const row = rowOf(await must(coordinator.get('/api/v1/work?limit=200')), admission)
  expect(row?.['mine_because']).toBe('Vous en avez été prévenu(e)')
  expect(row?.['deadline']).toMatchObject({ next_rung: { to: { id: 'national_coordination' } } })
})

it('a suspended case waits, and says so without a reason', async () => {
  const [kayes] = [await api.person('moussa.traore')]
  const review = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10)
  await must(kayes.post(`/api/v1/cases/${number}/actions/suspend`, { review_on: review, reason: 'Travels home' }))
  const seen = (person: Person) => person.get(`/api/v1/cases/${number}/explain`)
  const heldIn = (why: Answer) => rows(why, '/held').find((one) => one['step'] === admission)
  const [why, own] = [await must(seen(agent)), await must(seen(supervisor))]
  expect(heldIn(why)).toMatchObject({ text: 'En attente d’une vérification', ask: { role: { id: 'supervisor' } } })
  expect(heldIn(own)).not.toHaveProperty('ask')
  expect(why.text + own.text).not.toContain('Travels')
  expect(rowOf(await must(supervisor.get('/api/v1/overdue')), admission)).toBeUndefined()
  const list = await must(supervisor.get('/api/v1/work?scope=places&clock=held'))
  expect(rowOf(list, admission)?.['deadline']).toMatchObject({ state: 'held' })
  const acts = rows(await must(kayes.get(`/api/v1/cases/${number}`)), '/actions').map((one) => one['act'])
  expect(acts).toContain('resume')
  expect(acts).not.toContain('suspend')
})
