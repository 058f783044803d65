import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type InstalledApi, type Person, startApi } from './installed-api.ts'
import { complete, itemOf, openCase } from './screens/clerk.ts'

let api: InstalledApi
let desk: Person
let agent: Person
let number: string
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  desk = await api.person('awa.keita')
  agent = await api.person('boubacar.dembele')
  const opened = await agent.post('/api/v1/cases', {
    opening: 'ml-reception',
    place: 'senou',
    answers: { name: 'Awa Diarra', arrived_on: new Date().toISOString().slice(0, 10) },
  })
  number = String(opened.body['number'])
})
afterAll(() => api.end())

const WAIT = { Prefer: 'wait=25' }
const eid = { date: '2027-03-11', title: { fr: 'Aïd el-Fitr, lendemain', en: 'Day after Eid' } }

describe('the calendar', () => {
  it('shows hours and days off with their titles', async () => {
    const { body, at } = await agent.get('/api/v1/calendar')
    expect(at('/week/1/opens')).toMatch(/^\d\d:\d\d$/)
    const days = body['days_off'] as { date: string; title: string | null }[]
    expect(days.length).toBeGreaterThan(10)
    expect(days.every((day) => day.title !== null)).toBe(true)
  })

  it('changes only by those who may declare', async () => {
    const answer = await agent.post('/api/v1/calendar/days', eid)
    expect([answer.status, answer.body['code']]).toEqual([403, 'role_required'])
  })

  it('takes a day off, and every open case learns of it', async () => {
    const key = { 'Idempotency-Key': randomUUID(), ...WAIT }
    const answer = await desk.post('/api/v1/calendar/days', eid, key)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toMatchObject({ status: 'done', left: 0 })
    const days = (await agent.get('/api/v1/calendar')).body['days_off'] as { date: string; title: string }[]
    expect(days.find((day) => day.date === eid.date)?.title).toBe(eid.title.fr)
    const [row] = await api.here.db.sql`select settings_version from cases where number = ${number}`
    expect(row?.['settingsVersion']).toBe(2)
    const again = await desk.post('/api/v1/calendar/days', eid, key)
    expect(again.body['id']).toBe(answer.body['id'])
    const [settings] = await api.here.db.sql`select max(version) as version from settings`
    expect(settings?.['version']).toBe(2)
    expect((await desk.get(String(answer.body['href']))).body['status']).toBe('done')
  })

  it('knows no place that is none', async () => {
    const answer = await desk.post('/api/v1/calendar/days', { ...eid, place: 'atlantis' })
    expect([answer.status, answer.at('/errors/0/pointer')]).toEqual([422, '/place'])
  })
})

describe('a feast that the moon decides', () => {
  interface Day {
    date: string
    provisional: boolean
  }
  const off = async (): Promise<Day[]> => (await agent.get('/api/v1/calendar')).body['days_off'] as unknown as Day[]
  const korite = { fr: 'Fête du Ramadan', en: 'Feast of Ramadan' }
  const ramadanOf = async (year: string) =>
    ((await agent.get('/api/v1/calendar')).body['ramadan'] as { from: string; to: string }[]).find(({ from }) =>
      from.startsWith(year),
    )

  it('is moved by a day, and Ramadan with it', async () => {
    expect((await off()).find((day) => day.date === '2028-02-26')?.provisional).toBe(true)
    const moved = { date: '2028-02-27', title: korite, instead_of: '2028-02-26' }
    const answer = await desk.post('/api/v1/calendar/days', moved, WAIT)
    expect([answer.status, answer.body['status']], answer.text).toEqual([200, 'done'])
    const days = await off()
    expect(days.filter((day) => day.date.startsWith('2028-02'))).toMatchObject([
      { date: '2028-02-27', provisional: false },
    ])
    expect(await ramadanOf('2028')).toEqual({ from: '2028-01-28', to: '2028-02-26' })
  })

  it('is confirmed on its day, and stays one day', async () => {
    await desk.post('/api/v1/calendar/days', { date: '2028-05-05', title: korite, instead_of: '2028-05-05' }, WAIT)
    expect((await off()).filter((day) => day.date === '2028-05-05')).toMatchObject([{ provisional: false }])
  })

  it.each([
    ['a day that the law gives', '2028-05-01', undefined],
    ['a day that is worked', '2028-05-02', undefined],
    ['a feast of another place', '2028-08-03', 'ml-gao'],
    ['a feast that a communiqué has fixed', '2028-02-27', undefined],
  ])('cannot be taken for %s', async (_name, date, place) => {
    const body = { date: '2028-05-03', title: korite, instead_of: date, ...(place === undefined ? {} : { place }) }
    const answer = await desk.post('/api/v1/calendar/days', body)
    expect([answer.status, answer.at('/errors/0/pointer')]).toEqual([422, '/instead_of'])
    expect(answer.at('/errors/0/message')).toMatch(/provisoire/)
  })

  it('was estimated for a day that has passed: moved only with a reason', async () => {
    const past = { date: '2000-01-04', title: korite, declared_by: 'estimate', reason: 'Essai' }
    await desk.post('/api/v1/calendar/days', past, WAIT)
    const moved = { date: '2028-06-05', title: korite, instead_of: '2000-01-04' }
    const answer = await desk.post('/api/v1/calendar/days', moved)
    expect(answer.at('/errors/0/pointer')).toBe('/reason')
    const said = await desk.post('/api/v1/calendar/days', { ...moved, reason: 'Vu un jour plus tard' }, WAIT)
    expect(said.status).toBe(200)
  })
})

const dayFromToday = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

describe('a day that has passed', () => {
  const mourning = { title: { fr: 'Deuil national', en: 'National mourning' } }
  let past: string
  beforeAll(async () => {
    const days = (await agent.get('/api/v1/calendar')).body['days_off'] as { date: string }[]
    const worked = (day: string) =>
      ![0, 6].includes(new Date(day).getUTCDay()) && days.every(({ date }) => date !== day)
    past = [3, 4, 5, 6].map((ago) => dayFromToday(-ago)).find(worked) ?? ''
  })

  it('is not declared off without a reason, and nothing changes', async () => {
    const before = (await agent.get('/api/v1/calendar')).body['version']
    const answer = await desk.post('/api/v1/calendar/days', { ...mourning, date: past })
    expect([answer.status, answer.body['code'], answer.at('/errors/0/pointer')]).toEqual([
      422,
      'answers_invalid',
      '/reason',
    ])
    expect(answer.at('/errors/0/message')).toMatch(/passé.*recalculées.*pourquoi/)
    expect((await agent.get('/api/v1/calendar')).body['version']).toBe(before)
  })

  it('is declared with one, shown with it, and the clocks that counted it are planned again', async () => {
    const supervisor = await api.person('moussa.traore')
    const eve = new Date(Date.parse(past) - 86_400_000).toISOString().slice(0, 10)
    const arrived = await openCase(agent, { arrived_on: eve, centre: 'senou' })
    await complete(agent, arrived, 'triage', 'ours')
    await complete(agent, arrived, 'registration', 'registered', { destination: 'ml-kayes', safe_contact: true })
    const waiting = await itemOf(supervisor, arrived, 'manager')
    const deadline = async () => String((await supervisor.get(`/api/v1/work/${waiting}`)).at('/deadline/at'))
    const before = await deadline()
    const reason = 'Communiqué reçu après coup.'
    const answer = await desk.post('/api/v1/calendar/days', { ...mourning, date: past, reason }, WAIT)
    expect([answer.status, answer.body['status']]).toEqual([200, 'done'])
    const days = (await agent.get('/api/v1/calendar')).body['days_off'] as { date: string; reason: string | null }[]
    expect(days.find((day) => day.date === past)?.reason).toBe(reason)
    expect(days.find((day) => day.date === eid.date)?.reason).toBeNull()
    expect((await deadline()) > before).toBe(true)
  })

  it('is not asked again for a reason when the same declaration is repeated after its day', async () => {
    const key = { 'Idempotency-Key': randomUUID(), ...WAIT }
    const tomorrow = { ...mourning, date: dayFromToday(1) }
    const first = await desk.post('/api/v1/calendar/days', tomorrow, key)
    await agent.post('/api/v1/training/advances', { by: { amount: 3, unit: 'days' } }, WAIT)
    const again = await desk.post('/api/v1/calendar/days', tomorrow, key)
    expect([again.status, again.body['id']]).toEqual([200, first.body['id']])
  })
})

describe('the date of a training installation', () => {
  const businessDate = async () => (await agent.get('/api/v1/me')).headers.get('Segin-Business-Date') ?? ''

  it('moves forward by days, and every case has lived through them before the answer', async () => {
    const before = await businessDate()
    const answer = await agent.post('/api/v1/training/advances', { by: { amount: 2, unit: 'days' } }, WAIT)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body['status']).toBe('done')
    expect(Date.parse(await businessDate()) - Date.parse(before)).toBe(2 * 86_400_000)
    const [late] = await api.here.db.sql`select breached, fired from open_steps o join cases c using (case_id)
      where c.number = ${number} and item like ${'%.triage.%'}`
    expect(late?.['breached']).toBe(true)
    expect(late?.['fired']).toBeGreaterThan(0)
  })

  it('moves to the next deadline, and to a day', async () => {
    const [next] = await api.here.db.sql`select min(next_wake) as at from cases where status = 'open'`
    const answer = await agent.post('/api/v1/training/advances', { to: 'next_deadline' }, WAIT)
    expect(answer.body['status'], answer.text).toBe('done')
    expect(Date.parse(String(answer.body['now']))).toBeGreaterThanOrEqual(
      new Date(String(next?.['at'])).getTime() - 1000,
    )
    const day = new Date(Date.parse(await businessDate()) + 10 * 86_400_000).toISOString().slice(0, 10)
    expect((await agent.post('/api/v1/training/advances', { to: day }, WAIT)).body['business_date']).toBe(day)
  })

  it('never moves back', async () => {
    const answer = await agent.post('/api/v1/training/advances', { to: '2020-01-01' })
    expect([answer.status, answer.at('/errors/0/pointer')]).toEqual([422, '/to'])
  })

  it('moves once for one key', async () => {
    const key = { 'Idempotency-Key': randomUUID(), ...WAIT }
    const first = await agent.post('/api/v1/training/advances', { by: { amount: 1, unit: 'weeks' } }, key)
    const date = await businessDate()
    const again = await agent.post('/api/v1/training/advances', { by: { amount: 1, unit: 'weeks' } }, key)
    expect(again.body['id']).toBe(first.body['id'])
    expect(await businessDate()).toBe(date)
  })
})
