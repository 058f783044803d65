/** Somebody goes away or leaves: all their work goes to named successors, is told truly, and comes back. */

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Answer, type InstalledApi, type Person, startApi } from './installed-api.ts'
import { askPartner, followedCase, must, openCase, rows, today } from './screens/clerk.ts'

let api: InstalledApi
let agent: Person
let chief: Person
let fatou: Person
const ids: Record<string, string> = {}
const numbers: string[] = []
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  agent = await api.person('boubacar.dembele')
  chief = await api.person('moussa.traore')
  fatou = await api.person('fatoumata.coulibaly')
  for (const row of await api.here.db.sql`select id, login from users`) ids[row['login']] = row['id']
  for (let one = 0; one < 3; one += 1) numbers.push(await followedCase(agent, chief))
  await askPartner(fatou, numbers[0] ?? '')
})
afterAll(() => api.end())

const WAIT = { Prefer: 'wait=25' }
const DAY = 86_400_000
const day = (from: string, days: number): string => new Date(Date.parse(from) + days * DAY).toISOString().slice(0, 10)
const businessDate = async (): Promise<string> => (await agent.get('/api/v1/calendar')).body['business_date'] as string
const id = (login: string): string => ids[login] ?? ''
const handOver = (who: Person, body: object, headers: Record<string, string> = WAIT): Promise<Answer> =>
  who.post('/api/v1/handovers', body, headers)
const managers = async (): Promise<string[]> => {
  const found = await api.here.db.sql`select case_manager from cases where number = any(${numbers}) order by number`
  return found.map((row) => String(row['caseManager']))
}
const ownersOf = async (user: string): Promise<number> => {
  const [row] = await api.here.db.sql`select count(*)::int as n from open_steps where owner = ${user}`
  return Number(row?.['n'])
}

describe('a handover is refused', () => {
  const leave = () => ({ from: id('fatoumata.coulibaly'), reason: 'leave', until: day(today(), 10) })

  it('to whoever does not supervise the place, and without a key', async () => {
    const to = id('oumar.keita')
    for (const login of ['fatoumata.coulibaly', 'mariam.doumbia', 'boubacar.dembele']) {
      const answer = await handOver(await api.person(login), { ...leave(), to })
      expect([answer.status, answer.body['code']], login).toEqual([403, 'role_required'])
    }
    const keyless = await chief.ask('POST', '/api/v1/handovers', { body: { ...leave(), to } })
    expect(keyless.status).toBe(400)
  })

  it.each([
    ['to nobody', () => ({ ...leave(), to: 'usr-none' }), '/to', 'not_an_option'],
    ['to oneself', () => ({ ...leave(), to: id('fatoumata.coulibaly') }), '/to', 'to_oneself'],
    ['to who does not hold the role there', () => ({ ...leave(), to: id('hawa.maiga') }), '/to', 'role_not_held'],
    ['without an end to a leave', () => ({ ...leave(), until: undefined, to: id('oumar.keita') }), '/until', 'dates'],
    [
      'with an end to a departure',
      () => ({ ...leave(), reason: 'departure', to: id('oumar.keita') }),
      '/until',
      'dates',
    ],
    ['of nobody', () => ({ ...leave(), from: 'usr-none', to: id('oumar.keita') }), '/from', 'not_an_option'],
    ['of a person and a place', () => ({ ...leave(), place: 'ml-kayes', to: id('oumar.keita') }), '/from', 'one_of'],
  ])('%s', async (_name, body, pointer, code) => {
    const answer = await handOver(chief, body())
    expect([answer.status, answer.at('/errors/0/pointer'), answer.at('/errors/0/code')]).toEqual([422, pointer, code])
  })

  it('beyond the caseload, unless it is asked for', async () => {
    await api.here.db.sql`update users set caseload = 2 where id = ${id('oumar.keita')}`
    const answer = await handOver(chief, { ...leave(), to: id('oumar.keita') })
    expect([answer.status, answer.body['code'], answer.body['over']]).toEqual([409, 'over_caseload', 1])
    expect(answer.at('/room/0/room')).toBe(2)
    expect(await managers()).toEqual(numbers.map(() => id('fatoumata.coulibaly')))
  })
})

describe('a preview', () => {
  it('says what would move and to whom, without a key, and moves nothing', async () => {
    const until = day(await businessDate(), 10)
    const to = [id('oumar.keita')]
    const body = { from: id('fatoumata.coulibaly'), to, reason: 'leave', until }
    const over = await chief.ask('POST', '/api/v1/handovers?preview=true', { body })
    expect([over.status, over.body['code']]).toEqual([409, 'over_caseload'])
    const answer = await chief.ask('POST', '/api/v1/handovers?preview=true', { body: { ...body, over_limit: true } })
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toMatchObject({ status: 'preview', total: 3, left: 3, shares: [{ id: to[0], cases: 3 }] })
    expect(await managers()).toEqual(numbers.map(() => id('fatoumata.coulibaly')))
    expect(await api.here.db.sql`select 1 from handovers`).toHaveLength(0)
    const [user] = await api.here.db.sql`select away_from from users where id = ${id('fatoumata.coulibaly')}`
    expect(user?.['awayFrom']).toBeNull()
  })
})

describe('leave', () => {
  let first: Answer
  it('moves every case and step, once, and says how far it has come', async () => {
    const key = { 'Idempotency-Key': randomUUID(), ...WAIT }
    const until = day(await businessDate(), 10)
    const body = { from: id('fatoumata.coulibaly'), to: [id('oumar.keita')], reason: 'leave', until, over_limit: true }
    first = await handOver(chief, body, key)
    expect(first.status, first.text).toBe(200)
    expect(first.body).toMatchObject({ status: 'away', total: 3, done: 3, left: 0, left_out: 0 })
    expect(await managers()).toEqual(numbers.map(() => id('oumar.keita')))
    expect(await ownersOf(id('fatoumata.coulibaly'))).toBe(0)
    const asked = await api.here.db.sql`select owner from open_steps where partner is not null`
    expect(asked.map((row) => row['owner'])).toEqual([id('oumar.keita')])
    const again = await handOver(chief, body, key)
    expect([again.status, again.body['id']]).toEqual([200, first.body['id']])
    const other = await handOver(chief, { ...body, reason: 'illness' }, key)
    expect([other.status, other.body['code']]).toEqual([422, 'key_reused'])
    const acts = await api.here.db.sql`select count(*)::int as n from case_actions where act = 'hand_over'`
    expect(acts[0]?.['n']).toBe(3)
  })

  it('is a sentence in the timeline of each case', async () => {
    const found = await must(chief.get(`/api/v1/cases/${numbers[0]}/timeline?limit=20`))
    const entry = rows(found, '/entries').find((one) => one['kind'] === 'handed_over')
    expect(entry?.['text']).toMatch(/Fatoumata Coulibaly passe à Oumar Keita/)
  })

  it('is known to those whom it concerns, and to nobody else', async () => {
    const href = String(first.body['href'])
    for (const login of ['moussa.traore', 'oumar.keita', 'fatoumata.coulibaly', 'ibrahim.toure']) {
      const person = await api.person(login)
      expect((await person.get(href)).status, login).toBe(200)
      expect(rows(await must(person.get('/api/v1/handovers')), '/items').length, login).toBe(1)
    }
    for (const login of ['mariam.doumbia', 'hawa.maiga']) {
      const person = await api.person(login)
      expect((await person.get(href)).status, login).toBe(404)
      expect(rows(await must(person.get('/api/v1/handovers')), '/items'), login).toEqual([])
    }
  })

  it('makes nobody a successor who is away, nor sends the same person away twice', async () => {
    const to = id('fatoumata.coulibaly')
    const from = id('oumar.keita')
    const until = day(await businessDate(), 3)
    const answer = await handOver(chief, { from, to, reason: 'leave', until })
    expect(answer.at('/errors/0/code')).toBe('away')
    const twice = await handOver(chief, { from: to, to: from, reason: 'leave', until, over_limit: true })
    expect([twice.at('/errors/0/pointer'), twice.at('/errors/0/code')]).toEqual(['/from', 'away'])
  })

  it('ends by itself on the day of the return, but for what was given to somebody on purpose', async () => {
    const kept = numbers[1] ?? ''
    await must(
      chief.post(`/api/v1/cases/${kept}/actions/change_case_manager`, {
        to: id('oumar.keita'),
        reason: 'Reste',
        over_limit: true,
      }),
    )
    const advance = await must(agent.post('/api/v1/training/advances', { by: { amount: 11, unit: 'days' } }, WAIT))
    const done = await must(agent.get(String(advance.body['href']), WAIT))
    expect(done.body['status']).toBe('done')
    const back = await must(chief.get(String(first.body['href']), WAIT))
    expect(back.body).toMatchObject({ status: 'done', left: 0 })
    const [row] = await api.here.db.sql`select case_manager from cases where number = ${kept}`
    expect(row?.['caseManager']).toBe(id('oumar.keita'))
    expect((await managers()).filter((one) => one === id('fatoumata.coulibaly'))).toHaveLength(2)
    const [user] = await api.here.db.sql`select away_from from users where id = ${id('fatoumata.coulibaly')}`
    expect(user?.['awayFrom']).toBeNull()
  })
})

describe('what is restricted', () => {
  it('stays with its own ladder, and neither the answer nor the counts tell of it', async () => {
    const secret = await openCase(agent)
    await must(
      agent.post(`/api/v1/cases/${secret}/actions/begin_procedure`, {
        procedure: 'ml-trafficking',
        answers: { report: 'Seen at the gate' },
      }),
    )
    const [row] = await api.here.db.sql`select item from open_steps o join cases c using (case_id)
      where c.number = ${secret} and visible_to is not null limit 1`
    const focal = await api.person('oumou.sacko')
    const step = `${secret}.${row?.['item']}`
    await must(focal.post(`/api/v1/cases/${secret}/actions/delegate`, { step, to: id('rokia.samake') }))
    expect(await ownersOf(id('rokia.samake'))).toBe(1)
    await api.here.db.sql`insert into holdings (user_id, role, place) values
      (${id('hawa.maiga')}, 'child_protection', 'ml-bamako'), (${id('hawa.maiga')}, 'child_protection', 'ml-kayes')`
    const national = await api.person('ibrahim.toure')
    const until = day(await businessDate(), 2)
    const body = { from: id('rokia.samake'), to: id('hawa.maiga'), reason: 'illness', until }
    const answer = await handOver(national, body)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toMatchObject({ status: 'away', total: 0, done: 0, left: 0 })
    expect(await ownersOf(id('rokia.samake'))).toBe(1)
    const timeline = await must(focal.get(`/api/v1/cases/${secret}/timeline`))
    expect(rows(timeline, '/entries').some((one) => one['kind'] === 'handed_over')).toBe(false)
  })
})

describe('a departure', () => {
  it('ends sign-in and holdings, and shares the work out within the caseloads', async () => {
    await api.here.db.sql`update users set caseload = 60`
    const body = { from: id('fatoumata.coulibaly'), to: [id('oumar.keita')], reason: 'departure' }
    const answer = await handOver(chief, body)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toMatchObject({ status: 'done', total: 2, done: 2 })
    expect(await managers()).toEqual(numbers.map(() => id('oumar.keita')))
    expect((await fatou.get('/api/v1/me')).status).toBe(401)
    const users = await must(chief.get('/api/v1/users?role=case_manager&place=ml-kayes'))
    expect(rows(users, '/items').map((one) => one['id'])).not.toContain(id('fatoumata.coulibaly'))
    const gone = await handOver(chief, { from: id('oumar.keita'), to: id('fatoumata.coulibaly'), reason: 'departure' })
    expect(gone.at('/errors/0/code')).toBe('not_an_option')
  })
})

describe('the closure of an office', () => {
  it('takes the work of everybody there, and their holdings, and lets them sign in', async () => {
    const openAt = async (place: string): Promise<number> => {
      const [row] = await api.here.db.sql`select count(*)::int as n from holdings
        where place = ${place} and (until is null or until >= ${await businessDate()})`
      return Number(row?.['n'])
    }
    expect(await openAt('bamako-centre')).toBeGreaterThan(1)
    const [step] = await api.here.db.sql`select c.number, o.item from open_steps o join cases c using (case_id)
      where o.visible_to is null and o.place = 'senou' and 'registration_agent' = any(o.roles) limit 1`
    const mariam = await api.person('mariam.doumbia')
    const item = `${step?.['number']}.${step?.['item']}`
    const given = { step: item, to: id('kadiatou.sissoko') }
    await must(mariam.post(`/api/v1/cases/${step?.['number']}/actions/assign_step`, given))
    await api.here.db.sql`insert into holdings (user_id, role, place)
      values (${id('salif.coulibaly')}, 'registration_agent', 'senou')`
    const body = { place: 'bamako-centre', to: [id('salif.coulibaly')], reason: 'office_closure' }
    const answer = await handOver(mariam, body)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toMatchObject({ status: 'done', total: 1, left: 0, left_out: 0 })
    expect(await ownersOf(id('salif.coulibaly'))).toBe(1)
    expect(await openAt('bamako-centre')).toBe(0)
    expect((await agent.get('/api/v1/me')).status).toBe(200)
  })
})
