import { randomUUID } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { ServiceError } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { pino } from 'pino'
import { createApi } from '../../api/app.ts'
import { kindOf } from '../../api/problems/catalogue.ts'
import { asProblem } from '../../api/problems/map.ts'
import { type RealApi, type Person, personOf, startRealApi } from './installed-api.ts'

let api: RealApi
let agent: Person
beforeAll(async () => {
  api = await startRealApi(inject('postgres'))
  agent = await api.person('boubacar.dembele')
})
afterAll(() => api.end())

const key = () => ({ 'Idempotency-Key': randomUUID() })
const opening = { opening: 'ml-reception', place: 'senou', answers: {} }

describe('every answer', () => {
  it('says its request, its language, the business date, and that it is private', async () => {
    const { headers } = await agent.get('/api/v1/me')
    expect(headers.get('Segin-Request')).toMatch(/^req-[0-9a-z]{8}$/)
    expect(headers.get('Segin-Business-Date')).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(headers.get('Content-Language')).toBe('fr')
    expect(headers.get('Cache-Control')).toBe('private, no-cache')
    for (const name of ['Authorization', 'Accept-Language', 'Accept-Encoding'])
      expect(headers.get('Vary')).toContain(name)
  })

  it('is French unless English is preferred', async () => {
    const title = async (language: string) =>
      (await agent.get('/api/v1/none', { 'Accept-Language': language })).body['title']
    expect(await title('')).toBe('Introuvable')
    expect(await title('de')).toBe('Introuvable')
    expect(await title('en-GB,en;q=0.8')).toBe('Not found')
    expect(await title('en;q=0.3, fr;q=0.9')).toBe('Introuvable')
  })

  it('is compressed for whoever takes it so', async () => {
    const response = await api.app.request('/api/v1/openapi.json', { headers: { 'Accept-Encoding': 'gzip' } })
    expect(response.headers.get('Content-Encoding')).toBe('gzip')
    const text = gunzipSync(Buffer.from(await response.arrayBuffer())).toString()
    expect(JSON.parse(text)).toHaveProperty('openapi', '3.1.0')
  })

  it('is logged by its route, never by its path, query or content', async () => {
    api.logged.length = 0
    await agent.get('/api/v1/arrivals/secret-place?after=secret-query')
    await agent.post('/api/v1/cases', { ...opening, answers: { name: 'Secret Name' } })
    const lines = api.logged.join('')
    expect(lines).toContain('"route":"/api/v1/arrivals/:arrival"')
    expect(lines).toContain('"route":"/api/v1/cases"')
    expect(lines).not.toMatch(/secret/i)
  })
})

describe('who is asking', () => {
  it('must be known', async () => {
    const none = await api.anonymous.get('/api/v1/me')
    expect([none.status, none.body['code']]).toEqual([401, 'token_missing'])
    expect(none.headers.get('WWW-Authenticate')).toContain('Bearer')
    const wrong = await api.anonymous.get('/api/v1/me', { Authorization: 'Bearer sgt_nobodyknowsthistoken' })
    expect(wrong.body['code']).toBe('token_revoked')
    const service = await api.anonymous.get('/api/v1/me', { Authorization: 'Bearer sgs_nobodyknowsthistoken' })
    expect(service.status).toBe(401)
  })

  it('may sign out, and the token is worth nothing from then on', async () => {
    const leaving = await api.person('mariam.doumbia')
    const { body } = await leaving.get('/api/v1/tokens')
    const [item] = body['items'] as { id: string; this_one: boolean }[]
    expect(item?.this_one).toBe(true)
    expect((await leaving.ask('DELETE', `/api/v1/tokens/${item?.id}`)).status).toBe(204)
    expect((await leaving.get('/api/v1/me')).body['code']).toBe('token_revoked')
  })

  it('is told the same for an unknown user and a wrong secret', async () => {
    const sign = async (user: string) =>
      api.anonymous.ask('POST', '/api/v1/tokens', { body: { user, secret: 'not-the-secret' } })
    const [unknown, wrong] = [await sign('nobody.here'), await sign('awa.keita')]
    expect(unknown.status).toBe(401)
    expect({ ...unknown.body, request: '' }).toEqual({ ...wrong.body, request: '' })
  })

  it('cannot try secrets for ever, by asking several processes neither', async () => {
    const { here } = api
    const door = { ...here, sql: here.db.sql, ring: here.db.ring, log: pino({ level: 'silent' }) }
    const second = createApi({ ...door, installation: { kind: 'training', version: '0' }, realNow: () => Date.now() })
    const body = { user: 'drissa.kone', secret: 'guess' }
    const sign = (who: Person) => who.ask('POST', '/api/v1/tokens', { body })
    const answers = []
    for (let tries = 0; tries < 12; tries++)
      answers.push(await sign(tries % 2 === 0 ? api.anonymous : personOf(second, '', null)))
    const last = answers.at(-1)
    expect(last?.body['code']).toBe('too_many')
    expect(Number(last?.headers.get('Retry-After'))).toBeGreaterThan(0)
  })
})

describe('a request that cannot be', () => {
  const problemOf = async (method: string, path: string, headers: Record<string, string>, body?: unknown) => {
    const answer = await agent.ask(method, path, { headers, body })
    expect(answer.headers.get('Content-Type')).toContain('application/problem+json')
    expect(answer.body['type']).toBe(`/problems/${String(answer.body['code'])}`)
    expect(answer.body['request']).toBe(answer.headers.get('Segin-Request'))
    return answer
  }

  it('to no route is 404', async () => {
    expect((await problemOf('GET', '/api/v1/nowhere', {})).status).toBe(404)
    expect((await problemOf('GET', '/nowhere', {})).status).toBe(404)
  })
  it('with the wrong method is 405 and says which are right', async () => {
    const answer = await problemOf('PUT', '/api/v1/tokens', {})
    expect([answer.status, answer.body['code']]).toEqual([405, 'method_not_allowed'])
    expect(answer.headers.get('Allow')).toContain('POST')
  })
  it('of another media type is 415', async () => {
    const answer = await problemOf('POST', '/api/v1/cases', { ...key(), 'Content-Type': 'text/plain' }, 'name=Awa')
    expect([answer.status, answer.body['code']]).toEqual([415, 'media_type'])
  })
  it('without a media type is 415 too', async () => {
    const answer = await problemOf('POST', '/api/v1/cases', { ...key(), 'Content-Type': '' }, '{"a":1}')
    expect([answer.status, answer.body['code']]).toEqual([415, 'media_type'])
  })
  it('of malformed JSON is 400', async () => {
    const headers = { ...key(), 'Content-Type': 'application/json' }
    const answer = await problemOf('POST', '/api/v1/cases', headers, '{"opening": ')
    expect([answer.status, answer.body['code']]).toEqual([400, 'unreadable'])
  })
  it('of an unknown member is 400 and names the nearest', async () => {
    const answer = await problemOf('POST', '/api/v1/cases', key(), { ...opening, plase: 'senou' })
    expect([answer.status, answer.body['code']]).toEqual([400, 'unknown_member'])
    expect(answer.body['nearest']).toBe('place')
  })
  it('with an unknown filter is 400 and names the nearest', async () => {
    const answer = await problemOf('GET', '/api/v1/arrivals?limits=3', {})
    expect([answer.status, answer.body['code'], answer.body['nearest']]).toEqual([400, 'unknown_filter', 'limit'])
  })
  it('of a wrong type is 400, with a pointer and without the value', async () => {
    const answer = await problemOf('POST', '/api/v1/cases', key(), { ...opening, place: 70123456 })
    expect([answer.status, answer.body['code']]).toEqual([400, 'unreadable'])
    expect(answer.at('/errors/0/pointer')).toBe('/place')
    expect(answer.text).not.toContain('70123456')
  })
  it('that is too large is 413 and says how large it may be', async () => {
    const answer = await problemOf('POST', '/api/v1/cases', key(), {
      ...opening,
      answers: { name: 'a'.repeat(300_000) },
    })
    expect([answer.status, answer.body['code'], answer.body['max_bytes']]).toEqual([413, 'too_large', 262_144])
  })
})

describe('when something is away', () => {
  it('an error nobody foresaw is 500 with the request only', async () => {
    const broken = await startBroken()
    const answer = await broken.get('/api/v1/me')
    expect([answer.status, answer.body['code']]).toEqual([500, 'unknown'])
    expect(answer.text).not.toContain('secret')
  })

  it('nobody works: 503, the same key again', async () => {
    const number = await withoutWorker()
    expect(number.status).toBe(503)
    expect(number.body['code']).toBe('not_accepted_in_time')
    expect(number.at('/retry/same_key')).toBe(true)
    expect(number.headers.get('Retry-After')).toBe('5')
  })
})

const startBroken = async (): Promise<Person> => {
  const { createApi } = await import('../../api/app.ts')
  const { personOf } = await import('./installed-api.ts')
  const { pino } = await import('pino')
  const app = createApi({
    sql: (() => {
      throw new Error('secret detail')
    }) as never,
    ring: api.here.db.ring,
    temporal: api.here.temporal,
    installation: { kind: 'training', version: '0' },
    country: api.here.country,
    log: pino({ level: 'silent' }),
    realNow: () => Date.now(),
  })
  return personOf(app, '', 'sgt_something_long_enough')
}

const withoutWorker = () =>
  agent.post('/api/v1/cases', {
    ...opening,
    answers: { name: 'Awa Diarra', arrived_on: new Date().toISOString().slice(0, 10) },
  })

it.each([
  ['is exhausted', 8],
  ['puts the failed task of a case off', 9],
  ['is away', 14],
])('an engine that %s is told as one that will answer later, with the same key', (_what, code) => {
  const found = asProblem(new ServiceError('refused', { cause: Object.assign(new Error('engine'), { code }) }))
  expect([found.code, kindOf(found.code).status, kindOf(found.code).sameKey]).toEqual(['engine_away', 503, true])
})
