/** A procedure begins in all cases of a filter at once, is told case by case, and is lifted again. */

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Answer, type RealApi, type Person, startRealApi } from './installed-api.ts'
import { complete, followedCase, itemOf, must, openCase, rows } from './screens/clerk.ts'

let api: RealApi
let agent: Person
let chief: Person
let regional: Person
let national: Person
const kayes: string[] = []
let dead: string
let elsewhere: string
beforeAll(async () => {
  api = await startRealApi(inject('postgres'))
  await api.here.work()
  agent = await api.person('boubacar.dembele')
  chief = await api.person('moussa.traore')
  regional = await api.person('aissata.diallo')
  national = await api.person('ibrahim.toure')
  for (let one = 0; one < 3; one += 1) kayes.push(await followedCase(agent, chief))
  dead = await followedCase(agent, chief)
  elsewhere = await openCase(agent)
  const death = { procedure: 'ml-death', answers: { source: 'family' } }
  await must(chief.post(`/api/v1/cases/${dead}/actions/begin_procedure`, death))
  await complete(chief, dead, 'confirmation', 'confirmed')
})
afterAll(() => api.end())

const WAIT = { Prefer: 'wait=25' }
const FREEZE = { procedure: 'ml-freeze', cases: { place: 'ml-kayes' }, answers: { reason: 'verification' } }
const batch = (who: Person, body: object, headers: Record<string, string> = WAIT): Promise<Answer> =>
  who.post('/api/v1/batches', body, headers)
const preview = (who: Person, body: object): Promise<Answer> => who.post('/api/v1/batches?preview=true', body)
const reasons = (answer: Answer) =>
  rows(answer, '/reasons').map(({ code, count, cases }) => [
    code,
    count,
    (cases as { number: string }[]).map(({ number }) => number),
  ])
const actsOf = async (act: string): Promise<number> => {
  const [row] = await api.here.db.sql`select count(*)::int as n from case_actions where act = ${act}`
  return Number(row?.['n'])
}
const recorded = async (): Promise<number> => {
  const [row] = await api.here.db.sql`select sum(head_seq)::int as n from cases`
  return Number(row?.['n'])
}

describe('a batch is refused', () => {
  it('to whoever holds no role that begins it so, and without a key', async () => {
    for (const person of [agent, chief, regional]) {
      for (const asked of [batch, preview]) {
        const answer = await asked(person, FREEZE)
        expect([answer.status, answer.body['code']], person.login).toEqual([403, 'role_required'])
        expect(answer.at('/who/0/role/label')).toBe('Coordination nationale')
      }
    }
    expect((await national.ask('POST', '/api/v1/batches', { body: FREEZE })).status).toBe(400)
  })

  it.each([
    ['a procedure that does not begin so', { procedure: 'ml-death' }, '/procedure', 'not_an_option'],
    ['a procedure that nobody knows', { procedure: 'ml-none' }, '/procedure', 'not_an_option'],
    ['no filter', { cases: {} }, '/cases', 'required'],
    ['an unknown place', { cases: { place: 'ml-none' } }, '/cases/place', 'unknown_place'],
    ['an unknown procedure', { cases: { procedure: 'ml-none' } }, '/cases/procedure', 'not_an_option'],
    ['an unknown case manager', { cases: { owner: 'usr-none' } }, '/cases/owner', 'not_an_option'],
    ['an unknown number', { cases: { numbers: ['26-0000-000'] } }, '/cases/numbers/0', 'unknown_case'],
    ['no answer', { answers: {} }, '/answers/reason', 'required'],
    ['a reason that is not on the list', { answers: { reason: 'mood' } }, '/answers/reason', 'not_an_option'],
    ['a filter that finds nothing', { cases: { place: 'ml-gao' } }, '/cases', 'nothing_to_do'],
  ])('for %s', async (_name, change, pointer, code) => {
    const answer = await batch(national, { ...FREEZE, ...change })
    expect([answer.status, answer.at('/errors/0/pointer'), answer.at('/errors/0/code')]).toEqual([422, pointer, code])
    expect(answer.at('/errors/0/message')).toMatch(/^\S.*\.$/)
  })

  it('for a filter that there is not', async () => {
    const answer = await batch(national, { ...FREEZE, cases: { region: 'ml-kayes' } })
    expect([answer.status, answer.body['code']]).toEqual([400, 'unknown_member'])
  })

  it('and has begun nothing', async () => {
    expect(await api.here.db.sql`select 1 from batches`).toHaveLength(0)
  })
})

describe('a preview', () => {
  it('says how many, of which kinds, and why others stay as they are; and records nothing', async () => {
    const before = await recorded()
    const answer = await must(preview(national, FREEZE))
    expect(answer.body).toMatchObject({ status: 'preview', total: 4, done: 3, left_out: 1, not_checked: 0 })
    expect(answer.body['text']).toBe('« Gel du programme » commencerait dans 3 dossiers ; 1 dossier sans changement.')
    expect(answer.body['by_place']).toEqual([{ id: 'ml-kayes', label: 'Kayes', count: 3 }])
    expect(reasons(answer)).toEqual([['gate_closed', 1, [dead]]])
    expect(answer.at('/reasons/0/text')).toMatch(/décès/)
    expect(await recorded()).toBe(before)
    expect(await api.here.db.sql`select 1 from batches`).toHaveLength(0)
  })

  it('counts what the whole filter finds', async () => {
    const owner = String((await api.here.db.sql`select id from users where login = 'fatoumata.coulibaly'`)[0]?.['id'])
    const [first = ''] = kayes
    const counts = async (cases: object): Promise<unknown> =>
      (await must(preview(national, { ...FREEZE, cases }))).body['total']
    expect(await counts({ place: 'ml' })).toBe(5)
    expect(await counts({ place: 'ml', numbers: [first, elsewhere] })).toBe(2)
    expect(await counts({ owner })).toBe(4)
    expect(await counts({ procedure: 'ml-death' })).toBe(1)
    expect(await counts({ place: 'ml-kayes', procedure: 'ml-economic' })).toBe(0)
    expect(await counts({ stage: 'closure' })).toBe(1)
  })

  it('never tells of a restricted run, whoever asks', async () => {
    const report = { procedure: 'ml-trafficking', answers: { report: 'Seen at the gate' } }
    await must(agent.post(`/api/v1/cases/${elsewhere}/actions/begin_procedure`, report))
    const focal = String((await api.here.db.sql`select id from users where login = 'oumou.sacko'`)[0]?.['id'])
    await api.here.db.sql`insert into holdings (user_id, role, place) values (${focal}, 'national_coordination', 'ml')`
    for (const person of [national, await api.person('oumou.sacko')]) {
      const hidden = await must(preview(person, { ...FREEZE, cases: { procedure: 'ml-trafficking' } }))
      expect(hidden.body['total'], person.login).toBe(0)
    }
    await api.here.db.sql`delete from holdings where user_id = ${focal} and role = 'national_coordination'`
  })
})

let frozen: Answer
describe('a batch', () => {
  it('begins in every case, once, however often it is sent', async () => {
    const key = { 'Idempotency-Key': randomUUID(), ...WAIT }
    const taken = await batch(national, FREEZE, { 'Idempotency-Key': key['Idempotency-Key'] })
    expect([taken.status, taken.headers.get('location')]).toEqual([202, taken.body['href']])
    frozen = await batch(national, FREEZE, key)
    expect(frozen.status, frozen.text).toBe(200)
    expect(frozen.body).toMatchObject({ status: 'done', total: 4, done: 3, waiting: 0, left_out: 1 })
    expect(reasons(frozen)).toEqual([['gate_closed', 1, [dead]]])
    expect(frozen.body['id']).toBe(taken.body['id'])
    const other = await batch(national, { ...FREEZE, answers: { reason: 'fraud' } }, key)
    expect([other.status, other.body['code']]).toEqual([422, 'key_reused'])
    const runs = await api.here.db.sql`select case_id from runs where procedure = 'ml-freeze'`
    expect(new Set(runs.map((row) => row['caseId'])).size).toBe(3)
    expect(runs).toHaveLength(3)
  })

  it('waits for the case manager in each of them', async () => {
    const manager = await api.person('fatoumata.coulibaly')
    const work = await must(manager.get('/api/v1/work?procedure=ml-freeze'))
    expect(
      rows(work, '/items')
        .map((row) => (row['case'] as { number: string }).number)
        .toSorted(),
    ).toEqual(kayes.toSorted())
  })

  it('leaves out cases in which it is running, and takes those that have come since', async () => {
    const late = await followedCase(agent, chief)
    const answer = await must(preview(national, FREEZE))
    expect(answer.body).toMatchObject({ total: 5, done: 1, left_out: 4 })
    expect(reasons(answer).map(([code, count]) => [code, count])).toEqual([
      ['already_running', 3],
      ['gate_closed', 1],
    ])
    const more = await must(batch(national, { ...FREEZE, cases: { place: 'ml-kayes', numbers: [late, ...kayes] } }))
    expect(more.body).toMatchObject({ status: 'done', done: 1, left_out: 3 })
    const none = await batch(national, { ...FREEZE, cases: { numbers: kayes } })
    expect(none.at('/errors/0/code')).toBe('nothing_to_do')
    const lift = await must(national.post(`${String(more.body['href'])}/actions/lift`, undefined, WAIT))
    expect(lift.body).toMatchObject({ status: 'lifted', lifting: { done: 1, left: 0 } })
    expect(await itemOf(chief, late, 'verification')).toBeUndefined()
  })

  it('is known to whoever could have begun it, and to nobody else', async () => {
    const href = String(frozen.body['href'])
    expect((await must(national.get(href))).body['status']).toBe('done')
    expect(rows(await must(national.get('/api/v1/batches')), '/items')).toHaveLength(2)
    for (const person of [agent, chief, regional]) {
      expect((await person.get(href)).status, person.login).toBe(404)
      expect((await person.post(`${href}/actions/lift`, undefined)).status, person.login).toBe(404)
      expect(rows(await must(person.get('/api/v1/batches')), '/items'), person.login).toEqual([])
    }
    expect((await must(national.get('/api/v1/me'))).body['may']).toContain('batch:ml-freeze')
    expect((await must(chief.get('/api/v1/me'))).body['may']).not.toContain('batch:ml-freeze')
  })
})

describe('the lifting of a batch', () => {
  it('ends what still runs, once, and leaves what has ended', async () => {
    const [done = '', ...still] = kayes
    const manager = await api.person('fatoumata.coulibaly')
    await complete(manager, done, 'verification', 'verified', { in_order: true })
    await complete(chief, done, 'lifting', 'lifted')
    const [action] = rows(await must(national.get(String(frozen.body['href']))), '/actions')
    const key = { 'Idempotency-Key': randomUUID(), ...WAIT }
    const lifted = await must(national.post(String(action?.['href']), undefined, key))
    expect(lifted.body).toMatchObject({
      status: 'lifted',
      done: 3,
      lifting: { done: 2, over: 1, kept: 0, left: 0, by: { label: 'Ibrahim Touré' } },
      actions: [],
    })
    expect(lifted.body['text']).toBe('Levée de « Gel du programme » dans 2 dossiers.')
    const before = await actsOf('lift_batch')
    for (const headers of [key, WAIT]) {
      const again = await must(national.post(String(action?.['href']), undefined, headers))
      expect(again.body['lifting']).toEqual(lifted.body['lifting'])
    }
    expect(await actsOf('lift_batch')).toBe(before)
    for (const number of still) {
      expect(await itemOf(chief, number, 'verification')).toBeUndefined()
      const timeline = await must(chief.get(`/api/v1/cases/${number}/timeline`))
      const entry = rows(timeline, '/entries').find(({ kind }) => kind === 'run_stopped')
      expect(entry?.['text']).toBe('Ibrahim Touré : levée de « Gel du programme ».')
    }
  })

  it('asks for a key, and needs a batch', async () => {
    const href = `${String(frozen.body['href'])}/actions/lift`
    expect((await national.ask('POST', href)).body['code']).toBe('key_missing')
    expect((await national.post('/api/v1/batches/batch-none/actions/lift', undefined)).status).toBe(404)
  })
})
