import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Answer, type InstalledApi, type Person, startApi } from './installed-api.ts'

let api: InstalledApi
let agent: Person
let elsewhere: Person
let number: string
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  agent = await api.person('boubacar.dembele')
  elsewhere = await api.person('oumar.keita')
  const opened = await open({ name: 'Awa Diarra', birth: '1994', phone: '+223 70 00 00 01' })
  number = String(opened.body['number'])
})
afterAll(() => api.end())

const open = (person: Record<string, string>): Promise<Answer> =>
  agent.post('/api/v1/cases', {
    opening: 'ml-reception',
    place: 'senou',
    answers: { ...person, arrived_on: new Date().toISOString().slice(0, 10) },
  })
const search = (by: Person, told: Record<string, unknown>, language = 'fr'): Promise<Answer> =>
  by.ask('POST', '/api/v1/cases/search', { body: told, headers: { 'Accept-Language': language } })
const numbers = (answer: Answer): unknown[] => (answer.body['items'] as { number: string }[]).map((one) => one.number)

describe('searching a person', () => {
  it.each([
    [{ name: 'Diara Awa', birth: '1994', phone: null }, ['name_sounds_alike', 'same_year']],
    [{ name: 'DJARRA Hawa' }, ['name_sounds_alike']],
    [{ name: 'Awa Diarra', birth: '1995' }, ['same_name', 'year_beside']],
    [{ name: 'Awa', phone: '70000001' }, ['same_phone', 'name_partly_alike']],
  ])('finds them by %j', async (told, because) => {
    const answer = await search(agent, told)
    expect(answer.status, answer.text).toBe(200)
    expect(numbers(answer)).toEqual([number])
    expect((answer.at('/items/0/because') as { id: string }[]).map((one) => one.id)).toEqual(because)
    expect(answer.at('/items/0/person')).toBe('Awa D., 1994')
  })

  it('finds nobody where nobody is alike', async () => {
    const answer = await search(agent, { name: 'Oumar Touré', birth: '1994' })
    expect(answer.body).toEqual({ items: [], elsewhere: false, text: 'Personne de semblable.' })
  })

  it('tells another place only that there is somebody, and only when more than a name is alike', async () => {
    const exact = await search(elsewhere, { name: 'Diara Awa', birth: '1994' }, 'en')
    expect(exact.body).toMatchObject({ items: [], elsewhere: true })
    expect(exact.text).not.toContain(number)
    expect((await search(elsewhere, { name: 'Diara Awa' })).body).toMatchObject({ items: [], elsewhere: false })
  })

  it('asks for more than one field', async () => {
    for (const told of [{}, { name: 'Awa' }, { birth: '1994' }, { phone: '70000001' }]) {
      const answer = await search(agent, told)
      expect([answer.status, answer.at('/errors/0/pointer')]).toEqual([422, '/name'])
    }
    expect((await search(agent, { nom: 'Awa' })).body).toMatchObject({ code: 'unknown_member' })
  })

  it('leaves nothing of what was asked in a log', async () => {
    expect((await search(agent, { name: 'Zénabou Inconnue', phone: '66554433' })).status).toBe(200)
    expect(api.logged.join('\n')).not.toMatch(/Zénabou|66554433/)
  })
})

describe('at intake', () => {
  it('the answer of an opening says who is perhaps the same person', async () => {
    const again = await open({ name: 'Hawa Diara', birth: '1994-06-01' })
    expect(again.status, again.text).toBe(201)
    expect(again.at('/perhaps_same/items/0/number')).toBe(number)
    expect((await open({ name: 'Sékou Ballo', birth: '1990' })).body).not.toHaveProperty('perhaps_same')
  })

  it('so does each row of an arrival', async () => {
    const desk = await api.person('awa.keita')
    const flight = {
      place: 'senou',
      channel: 'air',
      expected: new Date().toISOString(),
      carrier: 'charter',
      headcount: 2,
    }
    const arrival = String((await desk.post('/api/v1/arrivals', flight)).body['id'])
    const people = [
      { row: 'a1', name: 'Diarra Awa', birth: '1994', sex: 'f' },
      { row: 'a2', name: 'Moussa Sangaré', birth: '1988', sex: 'm' },
    ]
    const added = await agent.post(`/api/v1/arrivals/${arrival}/actions/add_people`, { people })
    expect(added.status, added.text).toBe(200)
    expect(JSON.stringify(added.at('/rows/0/perhaps_same'))).toContain(number)
    expect(added.at('/rows/1/perhaps_same')).toBeUndefined()
  })

  it('a corrected name is found under its new spelling only', async () => {
    const opened = await open({ name: 'Bintou Kanouté', birth: '1971' })
    const one = String(opened.body['number'])
    const body = { answers: { name: 'Rokia Samaké' }, reason: 'Erreur de saisie' }
    const corrected = await agent.post(`/api/v1/cases/${one}/actions/correct_opening`, body)
    expect(corrected.status, corrected.text).toBe(200)
    expect(numbers(await search(agent, { name: 'Samake Rokia', birth: '1971' }))).toEqual([one])
    expect(numbers(await search(agent, { name: 'Bintou Kanouté', birth: '1971' }))).toEqual([])
  })

  it('what is kept for it tells no name: digests of 32 bits, each of several fields', async () => {
    const [row] = await api.here.db.sql`select count(*)::int as marks from person_marks`
    expect(Number(row?.['marks'])).toBeGreaterThan(4)
    const [column] = await api.here.db.sql`select data_type from information_schema.columns
      where table_name = 'person_marks' and column_name = 'mark'`
    expect(column?.['dataType']).toBe('integer')
  })
})
