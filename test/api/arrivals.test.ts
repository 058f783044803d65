import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type RealApi, type Person, startRealApi } from './installed-api.ts'

let api: RealApi
let desk: Person
let agent: Person
let other: Person
beforeAll(async () => {
  api = await startRealApi(inject('postgres'))
  await api.here.work()
  desk = await api.person('awa.keita')
  agent = await api.person('boubacar.dembele')
  other = await api.person('kadiatou.sissoko')
})
afterAll(() => api.end())

const today = () => new Date().toISOString().slice(0, 10)
const flight = () => ({
  place: 'senou',
  channel: 'air',
  expected: `${today()}T19:30:00Z`,
  carrier: 'charter',
  headcount: 12,
})
const announced = async (): Promise<string> => {
  const answer = await desk.post('/api/v1/arrivals', flight())
  expect(answer.status, answer.text).toBe(201)
  return String(answer.body['id'])
}
const person = (row: string, more: Record<string, unknown> = {}) => ({
  row,
  name: `Personne ${row}`,
  birth: '1994',
  sex: 'f',
  ...more,
})
const add = (by: Person, arrival: string, people: unknown[], headers: Record<string, string> = {}) =>
  by.post(`/api/v1/arrivals/${arrival}/actions/add_people`, { people }, headers)

describe('an arrival', () => {
  it('is announced under its place, day and rank of the day', async () => {
    const first = await desk.post('/api/v1/arrivals', flight())
    const second = await desk.post('/api/v1/arrivals', flight())
    expect(first.status, first.text).toBe(201)
    const rank = (id: unknown) => Number(String(id).split('-').at(-1))
    expect(String(first.body['id'])).toMatch(new RegExp(`^senou-${today()}-\\d+$`))
    expect(rank(second.body['id'])).toBe(rank(first.body['id']) + 1)
    expect(first.body).toMatchObject({ status: 'expected', expected: 12, present: 0, cases: 0 })
    expect(first.body).toMatchObject({ expected_on: today(), expected_time: '19:30' })
    expect(first.at('/actions/0/label')).toBe('Ajouter des personnes')
    expect(first.headers.get('Location')).toBe(`/api/v1/arrivals/${String(first.body['id'])}`)
  })

  it('is taken as a manifest writes it: capitals, a hyphen, the town that it comes from', async () => {
    const manifest = { ...flight(), carrier: 'Charter', channel: 'AIR', from: 'ne-niamey' }
    const answer = await desk.post('/api/v1/arrivals', manifest)
    expect(answer.status, answer.text).toBe(201)
    const unknown = await desk.post('/api/v1/arrivals', { ...manifest, from: 'xx-nowhere' })
    expect([unknown.status, unknown.at('/errors/0/code')]).toEqual([422, 'not_an_option'])
    expect(unknown.at('/errors/0/expected')).toContain('ne_niamey')
  })

  it('tells no hour when only a day is known', async () => {
    const answer = await desk.post('/api/v1/arrivals', { ...flight(), expected: today() })
    expect(answer.body).toMatchObject({ expected_on: today(), expected_time: null })
  })

  it('is one arrival for one key, and two announced at once get two ranks', async () => {
    const key = { 'Idempotency-Key': randomUUID() }
    const one = await desk.post('/api/v1/arrivals', flight(), key)
    const again = await desk.post('/api/v1/arrivals', flight(), key)
    expect(again.body['id']).toBe(one.body['id'])
    const both = await Promise.all([desk.post('/api/v1/arrivals', flight()), desk.post('/api/v1/arrivals', flight())])
    expect(new Set(both.map((answer) => answer.body['id'])).size).toBe(2)
  })

  it('is listed where it arrives, a page at a time', async () => {
    const id = await announced()
    const list = await agent.get('/api/v1/arrivals?limit=1')
    expect(list.at('/items/0/id')).toBe(id)
    const next = await agent.get(String(list.body['next']))
    expect(next.at('/items/0/id')).not.toBe(id)
  })

  it('is no case, and a case is no arrival', async () => {
    const id = await announced()
    expect((await agent.post(`/api/v1/cases/${id}/actions/add_note`, { text: 'Bonjour' })).status).toBe(404)
    expect((await agent.get('/api/v1/arrivals/26-3416-724')).status).toBe(404)
  })
})

describe('adding people', () => {
  it('opens the case of each row before it answers', async () => {
    const id = await announced()
    const answer = await add(agent, id, [person('desk2-01'), person('desk2-02', { sex: 'm', sick: true })])
    expect(answer.status, answer.text).toBe(200)
    expect(answer.at('/rows/0/result')).toBe('opened')
    expect(answer.at('/arrival/status')).toBe('open')
    expect(answer.at('/arrival/present')).toBe(2)
    expect(answer.at('/arrival/cases')).toBe(2)
    const number = String(answer.at('/rows/0/case'))
    const note = await agent.post(`/api/v1/cases/${number}/actions/add_note`, { text: 'Attend sa sœur' })
    expect(note.status, note.text).toBe(200)
  })

  it('knows a child alone from the first minute', async () => {
    const id = await announced()
    const answer = await add(agent, id, [person('c1', { birth: '2016', unaccompanied: true }), person('c2')])
    expect(answer.status, answer.text).toBe(200)
    expect(answer.at('/rows/0/result')).toBe('opened')
    const facts = await Promise.all(
      [0, 1].map(async (row) => {
        const [found] = await api.here.db
          .sql`select case_id from cases where number = ${String(answer.at(`/rows/${row}/case`))}`
        const handle = api.here.temporal.workflow.getHandle(`case-${found?.['caseId']}`)
        const { state } = (await handle.query('caseState')) as { state: { facts: Record<string, unknown> } }
        return state.facts['unaccompanied'] ?? false
      }),
    )
    expect(facts).toEqual([true, false])
  })

  it('answers little when little is preferred, to a repeat too', async () => {
    const id = await announced()
    const headers = { 'Idempotency-Key': randomUUID(), Prefer: 'return=minimal' }
    const first = await add(agent, id, [person('a1')], headers)
    expect(Object.keys(first.body).toSorted()).toEqual(['act', 'key', 'opened', 'rows', 'status'])
    expect((await add(agent, id, [person('a1')], headers)).body).toEqual(first.body)
  })

  it('refuses one row without refusing the others', async () => {
    const id = await announced()
    const answer = await add(agent, id, [person('a1'), person('a2', { birth: '87' }), { row: 'a3' }])
    expect(answer.status, answer.text).toBe(200)
    expect(answer.at('/rows/0/result')).toBe('opened')
    expect(answer.at('/rows/1/result')).toBe('refused')
    expect(answer.at('/rows/1/errors/0/pointer')).toBe('/people/1/birth')
    expect(answer.at('/rows/2/errors/0')).toMatchObject({ pointer: '/people/2/name', code: 'required' })
    expect(answer.body['text']).toBe('1 dossier ouvert, 2 lignes à revoir.')
    expect(answer.at('/arrival/cases')).toBe(1)
  })

  it('says everything at once when every row is wrong', async () => {
    const id = await announced()
    const answer = await add(agent, id, [{ row: 'a1' }, { row: 'a2' }])
    expect(answer.status).toBe(422)
    expect((answer.at('/errors') as unknown[]).length).toBe(2)
    expect(answer.body['detail']).toBe('2 points à corriger.')
  })

  it('changes nothing when a row comes again, by whoever', async () => {
    const id = await announced()
    const first = await add(agent, id, [person('a1')])
    const again = await add(other, id, [person('a1'), person('b1')])
    expect(again.status, again.text).toBe(200)
    expect(again.at('/rows/0/case')).toBe(first.at('/rows/0/case'))
    expect(again.at('/arrival/cases')).toBe(2)
    const third = await add(other, id, [person('a1')])
    expect(third.at('/arrival/cases')).toBe(2)
  })

  it('answers the same to the same key', async () => {
    const id = await announced()
    const key = { 'Idempotency-Key': randomUUID() }
    const first = await add(agent, id, [person('a1'), { row: 'a2' }], key)
    const again = await add(agent, id, [person('a1'), { row: 'a2' }], key)
    expect(again.headers.get('Idempotent-Replayed')).toBe('true')
    expect(again.body).toEqual(first.body)
  })

  it('takes agents side by side', async () => {
    const id = await announced()
    const rows = (desk: string) => Array.from({ length: 6 }, (_, index) => person(`${desk}-${index}`))
    const answers = await Promise.all([add(agent, id, rows('d1')), add(other, id, rows('d2'))])
    for (const answer of answers) expect(answer.status, answer.text).toBe(200)
    const arrival = await agent.get(`/api/v1/arrivals/${id}`)
    expect(arrival.body).toMatchObject({ present: 12, cases: 12 })
    const people = await agent.get(`/api/v1/arrivals/${id}/people`)
    expect((people.at('/items') as unknown[]).length).toBe(12)
  })

  it('takes sixteen desks at once, though the engine holds ten acts of one arrival at a time', async () => {
    const id = await announced()
    // On a slow machine an entry may outlast its deadline: it is sent again with its key, as the answer says.
    const enter = async (desk: number) => {
      const [by, key] = [desk % 2 === 0 ? agent : other, randomUUID()]
      const send = () => add(by, id, [person(`p${desk}`)], { 'Idempotency-Key': key })
      let answer = await send()
      while (answer.status === 503 || answer.at('/rows/0/result') === 'accepted') answer = await send()
      return answer
    }
    const desks = Array.from({ length: 16 }, (_, desk) => enter(desk))
    for (const answer of await Promise.all(desks)) {
      expect(answer.status, answer.text).toBe(200)
      expect(answer.at('/rows/0/result')).toBe('opened')
    }
    expect((await agent.get(`/api/v1/arrivals/${id}`)).body).toMatchObject({ present: 16, cases: 16 })
  })

  it('takes at most fifty rows at once', async () => {
    const id = await announced()
    const answer = await add(
      agent,
      id,
      Array.from({ length: 51 }, (_, index) => person(`r${index}`)),
    )
    expect(answer.status).toBe(400)
    expect(answer.at('/errors/0/pointer')).toBe('/people')
  })

  it('may be previewed', async () => {
    const id = await announced()
    const body = { people: [person('a1')] }
    const answer = await agent.ask('POST', `/api/v1/arrivals/${id}/actions/add_people?preview=true`, { body })
    expect(answer.status, answer.text).toBe(200)
    expect((await agent.get(`/api/v1/arrivals/${id}`)).body['present']).toBe(0)
  })

  it('keeps names out of the engine', async () => {
    const id = await announced()
    await add(agent, id, [person('a1', { name: 'Inoubliable Traoré' })])
    const rows = await api.here.db.sql`select case_id from cases where number = ${id} or arrival = ${id}`
    for (const row of rows) {
      const history = await api.here.temporal.workflow.getHandle(`case-${row['caseId']}`).fetchHistory()
      expect(JSON.stringify(history)).not.toContain('Inoubliable')
    }
  })
})

describe('the steps of an arrival', () => {
  it('are completed as those of a case', async () => {
    const answer = await desk.post('/api/v1/arrivals', flight())
    const [notice] = answer.at('/work') as { id: string }[]
    const done = await desk.post(`/api/v1/arrivals/${String(answer.body['id'])}/actions/complete_step`, {
      step: notice?.id,
      outcome: 'confirmed',
      answers: { return_type: 'forced' },
    })
    expect(done.status, done.text).toBe(200)
    expect(done.at('/case/href')).toBe(`/api/v1/arrivals/${String(answer.body['id'])}`)
  })
})
