/** Every list keeps the same promises, read from the description of the API: filters, limits, cursors, instants. */

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type InstalledApi, type Person, startApi } from './installed-api.ts'
import { must, openCase, rows, today } from './screens/clerk.ts'

interface Parameter {
  name: string
  in: string
  schema: unknown
}
interface Read {
  path: string
  query: Parameter[]
}

let api: InstalledApi
let agent: Person
let officer: Person
let number: string
let reading: Read[]
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  agent = await api.person('boubacar.dembele')
  number = await openCase(agent)
  for (const _two of [1, 2]) {
    await openCase(agent)
    await must(agent.post('/api/v1/arrivals', { place: 'senou', channel: 'air', expected: today() }))
    await must(agent.post(`/api/v1/cases/${number}/actions/add_note`, { text: 'Appel' }))
  }
  officer = await dataProtectionOfficer()
  const { body } = await agent.get('/api/v1/openapi.json')
  reading = Object.entries(body['paths'] as Record<string, Record<string, { parameters?: Parameter[] }>>).flatMap(
    ([path, { get }]) => (get ? [{ path, query: (get.parameters ?? []).filter((one) => one.in === 'query') }] : []),
  )
})
afterAll(() => api.end())

const dataProtectionOfficer = async (): Promise<Person> => {
  const sql = api.here.db.sql
  await sql`insert into holdings (user_id, role, place) select id, 'data_protection', 'ml' from users
    where login = 'ibrahim.toure' on conflict do nothing`
  return api.person('ibrahim.toure')
}
const addressOf = (path: string): string => path.replace('{case}', number).replaceAll(/\{\w+\}/g, '1')
const paged = () => reading.filter(({ query }) => query.some(({ name }) => name === 'cursor'))

describe('every reading route', () => {
  it('refuses a filter that it does not know, and says so', async () => {
    expect(reading.length).toBeGreaterThan(35)
    const wrong: string[] = []
    for (const { path } of reading) {
      const answer = await agent.get(`${addressOf(path)}?nonsense=1`)
      if (answer.status !== 400 || answer.body['code'] !== 'unknown_filter') wrong.push(`${path}: ${answer.status}`)
    }
    expect(wrong).toEqual([])
  })

  it('has one vocabulary of filters: the same word is the same thing everywhere', () => {
    const meanings = new Map<string, Set<string>>()
    for (const { query } of reading)
      for (const { name, schema } of query)
        meanings.set(name, (meanings.get(name) ?? new Set()).add(JSON.stringify(schema)))
    expect([...meanings].filter(([, found]) => found.size > 1)).toEqual([])
    const words = 'after case clock cursor family kinds limit owner place procedure role scope stage status step under'
    for (const name of meanings.keys()) expect(words.split(' ')).toContain(name)
  })
})

describe('every list that comes in pages', () => {
  it('bounds its pages, says when it was read, and leads on by a URL to the end, each row once', async () => {
    expect(paged().map(({ path }) => path)).toContain('/api/v1/work')
    for (const { path } of paged()) {
      const asker = path.endsWith('/reads') ? officer : agent
      const address = `${addressOf(path)}?${path === '/api/v1/work' ? 'scope=places&' : ''}limit=`
      for (const limit of ['0', '201', 'many', '1.5'])
        expect([(await asker.get(address + limit)).status, path, limit]).toEqual([400, path, limit])
      const seen: string[] = []
      const instants = new Set<unknown>()
      let next: string | null = `${address}1`
      for (; next !== null;) {
        const page = await must(asker.get(next))
        const found = rows(page, page.body['items'] === undefined ? '/entries' : '/items')
        seen.push(...found.map((row) => JSON.stringify(row)))
        instants.add(page.body['as_of'])
        expect(page.body['next'] === null || String(page.body['next']).startsWith('/api/v1/'), path).toBe(true)
        next = page.body['next'] as string | null
      }
      expect([path, instants.size, new Set(seen).size]).toEqual([path, 1, seen.length])
      expect(seen.length, path).toBeGreaterThan(path.endsWith('/overdue') ? -1 : 1)
    }
  })

  it('takes no cursor of another list, of another person, or of nobody', async () => {
    const lists = paged().filter(({ path }) => !path.endsWith('/reads') && !path.endsWith('/overdue'))
    const colleague = await api.person('kadiatou.sissoko')
    for (const { path } of lists) {
      const first = await must(agent.get(`${addressOf(path)}?${path === '/api/v1/work' ? 'scope=places&' : ''}limit=1`))
      const next = String(first.body['next'])
      const cursor = new URL(next, 'http://here').searchParams.get('cursor') ?? ''
      expect((await agent.get(next)).status, path).toBe(200)
      const others = lists.filter((one) => one.path !== path).map((one) => `${addressOf(one.path)}?cursor=${cursor}`)
      const refused = await Promise.all([
        colleague.get(next),
        agent.get(`${addressOf(path)}?cursor=e30`),
        ...others.map((other) => agent.get(other)),
      ])
      expect(refused.map(({ body }) => body['code'])).toEqual(refused.map(() => 'cursor_expired'))
    }
  })
})
