/** A role that opens restricted work is held only when somebody who holds it has signed. */

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Answer, type InstalledApi, type Person, startApi } from './installed-api.ts'

let api: InstalledApi
let chief: Person
let focal: Person
const ids: Record<string, string> = {}
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  chief = await api.person('ibrahim.toure')
  focal = await api.person('oumou.sacko')
  for (const row of await api.here.db.sql`select id, login from users`) ids[row['login']] = row['id']
})
afterAll(() => api.end())

const id = (login: string): string => ids[login] ?? ''
const asked = (login: string, role = 'trafficking_focal', place = 'ml-kayes') => ({ user: id(login), role, place })
const grant = (body: object, who = chief, headers = {}): Promise<Answer> => who.post('/api/v1/grants', body, headers)
const answered = (who: Person, href: string, answer: string): Promise<Answer> =>
  who.ask('POST', `${href}/actions/answer`, { body: { answer } })
const held = async (login: string): Promise<string[]> => {
  const rows = await api.here.db.sql`select role, place from holdings where user_id = ${id(login)} order by 1, 2`
  return rows.map((row) => `${row['role']}@${row['place']}`)
}
const listed = async (who: Person): Promise<Record<string, unknown>[]> =>
  (await who.get('/api/v1/grants')).body['items'] as Record<string, unknown>[]
const toSign = async (who: Person) => (await who.get('/api/v1/me')).at('/counts/to_sign')
const hrefOf = (answer: Answer): string => `/api/v1/grants/${String(answer.body['id'])}`

describe('an ordinary role', () => {
  it('is held at once, over the API and in what its holder may do', async () => {
    const answer = await grant(asked('oumar.keita', 'survey_officer'))
    expect([answer.status, answer.body['state'], answer.body['expires']]).toEqual([201, 'granted', null])
    expect(await held('oumar.keita')).toContain('survey_officer@ml-kayes')
    const me = await (await api.person('oumar.keita')).get('/api/v1/me')
    expect(me.text).toContain('survey_officer')
  })
  it('is given by the national coordination only, and by nobody to themselves', async () => {
    for (const login of ['moussa.traore', 'aissata.diallo', 'oumou.sacko']) {
      const answer = await grant(asked('hawa.maiga', 'survey_officer'), await api.person(login))
      expect([answer.status, answer.body['code']], login).toEqual([403, 'role_required'])
    }
    const own = await grant(asked('ibrahim.toure', 'data_protection', 'ml'))
    expect([own.status, own.at('/errors/0/code')]).toEqual([422, 'to_oneself'])
  })
})

describe('a role that opens restricted work', () => {
  let waiting: Answer
  const key = { 'Idempotency-Key': randomUUID() }
  it('is not held by asking for it', async () => {
    waiting = await grant(asked('oumar.keita'), chief, key)
    expect([waiting.status, waiting.body['state']]).toEqual([201, 'waiting'])
    expect(waiting.at('/who')).toMatchObject([{ role: { id: 'trafficking_focal' }, place: { id: 'ml' } }])
    expect(await held('oumar.keita')).not.toContain('trafficking_focal@ml-kayes')
  })
  it('is asked for once, however often the same is sent', async () => {
    expect((await grant(asked('oumar.keita'), chief, key)).body['id']).toBe(waiting.body['id'])
    const other = await grant(asked('hawa.maiga'), chief, key)
    expect([other.status, other.body['code']]).toEqual([422, 'key_reused'])
  })
  it('waits before the eyes of whoever could sign, and of nobody who is not concerned', async () => {
    expect([await toSign(focal), await toSign(chief)]).toEqual([1, 0])
    const [seen] = await listed(focal)
    expect(seen).toMatchObject({ id: waiting.body['id'], state: 'waiting', by: { id: id('ibrahim.toure') } })
    expect(JSON.stringify(seen?.['actions'])).toContain('signed')
    for (const login of ['oumar.keita', 'moussa.traore', 'souleymane.dao'])
      expect(await listed(await api.person(login)), login).not.toContainEqual(
        expect.objectContaining({ id: waiting.body['id'] }),
      )
  })
  it('is not signed by who asked, by who is to have it, by rank, or by another restricted role', async () => {
    const own = await answered(chief, hrefOf(waiting), 'signed')
    expect([own.status, own.body['code']]).toEqual([403, 'second_person_required'])
    const beside = await answered(await api.person('mahamadou.cisse'), hrefOf(waiting), 'signed')
    expect([beside.status, beside.body['code']]).toEqual([403, 'second_person_required'])
    for (const login of ['oumar.keita', 'moussa.traore', 'aissata.diallo', 'souleymane.dao'])
      expect((await answered(await api.person(login), hrefOf(waiting), 'signed')).status, login).toBe(404)
    expect(await held('oumar.keita')).not.toContain('trafficking_focal@ml-kayes')
  })
  it('is held once a holder has signed, and it stays known who asked and who signed', async () => {
    const signed = await answered(focal, hrefOf(waiting), 'signed')
    expect([signed.status, signed.body['state']], signed.text).toEqual([200, 'granted'])
    expect(signed.at('/answered')).toMatchObject({ by: { id: id('oumou.sacko') }, as: { id: 'trafficking_focal' } })
    expect(await held('oumar.keita')).toContain('trafficking_focal@ml-kayes')
    expect((await answered(focal, hrefOf(waiting), 'signed')).status).toBe(200)
    const [known] = await listed(chief)
    expect(known).toMatchObject({ by: { id: id('ibrahim.toure') }, answered: { by: { id: id('oumou.sacko') } } })
    await expect(api.here.db.sql`delete from grants`).rejects.toThrow(/permission denied/)
    await expect(api.here.db.sql`update grants set by_user = user_id`).rejects.toThrow(/permission denied/)
  })
  it('is not held when a holder refuses, or when whoever asked takes it back', async () => {
    const one = await grant(asked('hawa.maiga'))
    expect((await answered(focal, hrefOf(one), 'refused')).body['state']).toBe('refused')
    const late = await answered(focal, hrefOf(one), 'signed')
    expect([late.status, late.body['code']]).toEqual([409, 'changed_since_seen'])
    const other = await grant(asked('hawa.maiga'))
    expect((await answered(chief, hrefOf(other), 'refused')).body['state']).toBe('refused')
    expect((await answered(focal, hrefOf(other), 'signed')).status).toBe(409)
    expect(await held('hawa.maiga')).toEqual(['case_manager@ml-bamako'])
  })
  it('may be held beyond its place only by another signature: the new holder signs for theirs alone', async () => {
    const oumar = await api.person('oumar.keita')
    const above = await grant(asked('hawa.maiga', 'trafficking_focal', 'ml'))
    expect((await answered(oumar, hrefOf(above), 'signed')).status).toBe(404)
    const there = await grant(asked('hawa.maiga'))
    expect((await answered(oumar, hrefOf(there), 'signed')).body['state']).toBe('granted')
    expect(await held('hawa.maiga')).toEqual(['case_manager@ml-bamako', 'trafficking_focal@ml-kayes'])
    await answered(chief, hrefOf(above), 'refused')
  })
})

describe('where nobody holds it any more', () => {
  const end = (role: string) => api.here.db.sql`update holdings set until = '2020-01-01' where role = ${role}`
  it('whoever knows already all that it opens signs, and is recorded as what they are', async () => {
    await end('complaints_officer')
    const one = await grant(asked('hawa.maiga', 'complaints_officer', 'ml'))
    expect(one.at('/who')).toMatchObject([{ role: { id: 'outside_contact' } }])
    const signed = await answered(await api.person('fanta.niare'), hrefOf(one), 'signed')
    expect(signed.at('/answered/as/id')).toBe('outside_contact')
    expect(await held('hawa.maiga')).toContain('complaints_officer@ml')
  })
  it('and nobody beside it, it cannot be asked for', async () => {
    await end('complaints_officer')
    await end('outside_contact')
    const one = await grant(asked('oumar.keita', 'complaints_officer', 'ml'))
    expect([one.status, one.at('/errors/0/pointer'), one.at('/errors/0/code')]).toEqual([422, '/role', 'nobody_signs'])
  })
})

describe('a request', () => {
  it('that nobody signs in two weeks gives nothing, ever', async () => {
    const one = await grant(asked('fatoumata.coulibaly'))
    const moved = await chief.post(
      '/api/v1/training/advances',
      { by: { amount: 15, unit: 'days' } },
      { Prefer: 'wait=25' },
    )
    expect(moved.status, moved.text).toBeLessThan(300)
    expect(await toSign(focal)).toBe(0)
    const late = await answered(focal, hrefOf(one), 'signed')
    expect([late.status, late.body['code']]).toEqual([409, 'changed_since_seen'])
    expect(await held('fatoumata.coulibaly')).toEqual(['case_manager@ml-kayes'])
    expect((await listed(chief)).find((item) => item['id'] === one.body['id'])?.['state']).toBe('expired')
  })
  it.each([
    ['an unknown person', () => ({ ...asked('oumar.keita'), user: 'usr-none' }), '/user', 'not_an_option'],
    ['an unknown role', () => asked('oumar.keita', 'constructor'), '/role', 'not_an_option'],
    ['an unknown place', () => asked('oumar.keita', 'medic', 'toString'), '/place', 'unknown_place'],
    ['a day that has passed', () => ({ ...asked('oumar.keita', 'medic'), until: '2020-01-01' }), '/until', 'dates'],
  ])('with %s is refused at its field', async (_name, body, pointer, code) => {
    const answer = await grant(body())
    expect([answer.status, answer.at('/errors/0/pointer'), answer.at('/errors/0/code')]).toEqual([422, pointer, code])
  })
})
