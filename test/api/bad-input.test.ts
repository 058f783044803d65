/** Nonsense, slips and tricks at the door: each is refused in words that say what to do, and nothing breaks. */

import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createApi } from '../../api/app.ts'
import { caseNumber } from '../../cases/number.ts'
import { firstRun, publish } from '../../cli/start/first-run.ts'
import { PROCEDURES } from '../mali.ts'
import { freshDatabase, type TestDatabase } from '../postgres.ts'
import { type InstalledApi, type Person, personOf, startApi } from './installed-api.ts'
import { askPartner, followedCase, must, rows, today } from './screens/clerk.ts'

const DAY_MS = 86_400_000

let api: InstalledApi
let agent: Person
let manager: Person
let supervisor: Person
let number: string
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  agent = await api.person('boubacar.dembele')
  manager = await api.person('fatoumata.coulibaly')
  supervisor = await api.person('moussa.traore')
  number = await followedCase(agent, supervisor)
  await askPartner(manager, number)
})
afterAll(() => api.end())

/** A token of that person, for other doors than theirs. */
const tokenOf = async (login: string): Promise<string> => {
  const secret = api.here.signIns.find((one) => one.login === login)?.secret ?? ''
  const signedIn = await api.anonymous.ask('POST', '/api/v1/tokens', { body: { user: login, secret } })
  return String(signedIn.body['token'])
}
const doorOf = (db: TestDatabase, realNow: () => number) =>
  createApi({
    sql: db.sql,
    ring: db.ring,
    temporal: api.here.temporal,
    installation: { kind: 'training', version: '0' },
    country: api.here.country,
    log: pino({ level: 'silent' }),
    realNow,
  })

describe('a token', () => {
  it('of another training installation is worth nothing here', async () => {
    const other = await freshDatabase(inject('postgres'))
    await publish(other.sql, api.here.country)
    await firstRun(other.sql, PROCEDURES, api.here.country)
    const stranger = personOf(doorOf(other, Date.now), '', await tokenOf('awa.keita'))
    const answer = await stranger.get('/api/v1/me')
    expect([answer.status, answer.body['code']]).toEqual([401, 'token_revoked'])
    await other.drop()
  })

  it('that has expired says so, and the same key may be sent again after signing in', async () => {
    const later = personOf(
      doorOf(api.here.db, () => Date.now() + 31 * DAY_MS),
      '',
      await tokenOf('awa.keita'),
    )
    const answer = await later.get('/api/v1/me')
    expect([answer.status, answer.body['code'], answer.at('/retry/same_key')]).toEqual([401, 'token_expired', true])
  })
})

describe('the number of a case', () => {
  const wrongDigit = () => `${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`
  const swapped = () => {
    const digits = [...number.replaceAll('-', '')]
    const at = digits.findIndex((digit, index) => index > 1 && digit !== digits[index + 1])
    digits.splice(at, 2, digits[at + 1] ?? '', digits[at] ?? '')
    return digits.join('')
  }
  const doors: [string, (typed: string) => Promise<{ status: number; text: string }>][] = [
    ['a case', (typed) => manager.get(`/api/v1/cases/${typed}`)],
    ['its timeline', (typed) => manager.get(`/api/v1/cases/${typed}/timeline`)],
    ['a work item', (typed) => manager.get(`/api/v1/work/${typed}.plan-abc.draft.1`)],
    ['the list of work', (typed) => manager.get(`/api/v1/work?case=${typed}`)],
    ['an act', (typed) => manager.post(`/api/v1/cases/${typed}/actions/add_note`, { text: 'x' })],
  ]

  it.each(doors)('with a slip is said to be one by %s, and the likely one is never told', async (_door, ask) => {
    for (const typed of [wrongDigit(), swapped(), number.slice(0, -1)]) {
      const answer = await ask(typed)
      expect([400, 404]).toContain(answer.status)
      expect(answer.text).toContain('mal recopié')
      expect(answer.text).not.toContain(number)
      expect(answer.text).not.toContain(number.replaceAll('-', ''))
    }
  })

  it('is said to be miscopied in an answer of a form, too', async () => {
    const answers = { other: wrongDigit() }
    const asked = { procedure: 'ml-duplicate', answers }
    const answer = await manager.post(`/api/v1/cases/${number}/actions/begin_procedure`, asked)
    expect(
      rows(answer, '/errors').map((one) => one['code']),
      answer.text,
    ).toContain('miscopied')
  })

  it('that goes together but is nobody’s says nothing of the kind', async () => {
    const answer = await manager.get(`/api/v1/cases/${caseNumber(2019, 123_456)}`)
    expect(answer.status).toBe(404)
    expect(answer.text).not.toContain('recopié')
  })
})

describe('a path', () => {
  it.each(['%00', '%E0%A4%A', '9'.repeat(400), '..%2f..%2fetc%2fpasswd', '%F0%9F%90%98', "';drop table cases;--"])(
    'of nonsense is no case: %s',
    async (typed) => {
      const answer = await manager.get(`/api/v1/cases/${typed}`)
      expect([answer.status, answer.body['code']]).toEqual([404, 'not_found'])
    },
  )
})

describe('a text that is none', () => {
  it.each(['"\\u0000"', '"\\ud800"', '"Awa \\udc00 Diarra"'])(
    'is refused before anything keeps it: %s',
    async (text) => {
      const body = `{"text": ${text}}`
      const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': '0d9c6a1e-58c4-4b6e-9d0e-1c3b2f7a9e10' }
      const answer = await manager.ask('POST', `/api/v1/cases/${number}/actions/add_note`, { body, headers })
      expect([answer.status, answer.body['code']]).toEqual([400, 'unreadable'])
    },
  )
  it('is not one that only looks so', async () => {
    const text = String.raw`C:\u0000 and 🐘`
    await must(manager.post(`/api/v1/cases/${number}/actions/add_note`, { text }))
  })
  it('is refused in a filter, too', async () => {
    expect((await manager.get('/api/v1/work?owner=%00')).body['code']).toBe('unreadable')
  })
})

describe('a document', () => {
  const photo = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(400)])
  const start = (more: Record<string, string>, body: Buffer = Buffer.alloc(0), to = number) =>
    manager.ask('POST', `/api/v1/cases/${to}/documents`, { body, headers: { 'Upload-Length': '409', ...more } })

  it('with the name of a virus, or any other, leaves that name nowhere', async () => {
    const eicar = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*.pdf'
    const named = {
      'Content-Disposition': `attachment; filename="${eicar}"`,
      'Content-Type': `application/pdf; name="${eicar}"`,
    }
    api.logged.length = 0
    const sent = await start(named, photo)
    expect(sent.status, sent.text).toBe(201)
    const read = await manager.ask('HEAD', String(sent.body['href']))
    expect(read.headers.get('Content-Disposition')).toBe(`inline; filename="${String(sent.body['id'])}"`)
    const [row] = await api.here.db
      .sql`select to_jsonb(d)::text as text from documents d where id = ${String(sent.body['id'])}`
    for (const said of [sent.text, String(row?.['text']), api.logged.join('')]) expect(said).not.toContain('EICAR')
  })

  it.each([
    ['nothing', {}],
    ['no number', { 'Upload-Length': 'many' }],
    ['less than nothing', { 'Upload-Length': '-5' }],
    ['a part of a byte', { 'Upload-Length': '4.5' }],
  ])('must say how long it is: %s', async (_said, given) => {
    const headers = { 'Content-Type': 'application/pdf', ...given }
    const answer = await manager.ask('POST', `/api/v1/cases/${number}/documents`, { headers })
    expect([answer.status, answer.body['code']]).toEqual([400, 'unreadable'])
  })

  it('is not more than it said it would be', async () => {
    const begun = await start({ 'Content-Type': 'application/pdf' })
    const headers = { 'Upload-Offset': '0', 'Content-Type': 'application/octet-stream' }
    const answer = await manager.ask('PATCH', String(begun.body['href']), { body: randomBytes(410), headers })
    expect([answer.status, answer.body['code'], answer.body['max_bytes']]).toEqual([413, 'too_large', 409])
  })

  it('that ends in the middle of itself is no image, and is thrown away', async () => {
    const cut = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb004300', 'hex')
    const headers = { 'Content-Type': 'image/jpeg', 'Upload-Length': String(cut.length) }
    const before = await api.here.db.sql`select id from documents`
    const answer = await start(headers, cut)
    expect([answer.status, answer.body['code']]).toEqual([415, 'media_type'])
    expect(await api.here.db.sql`select id from documents`).toHaveLength(before.length)
  })

  it('that was never finished is no evidence, cannot be read, and is not in the list of the case', async () => {
    const begun = await start({ 'Content-Type': 'application/pdf' }, photo.subarray(0, 100))
    expect((await manager.get(String(begun.body['href']))).status).toBe(404)
    const listed = rows(await must(manager.get(`/api/v1/cases/${number}/documents`)), '/items')
    expect(listed.map((one) => one['id'])).not.toContain(begun.body['id'])
  })
})

describe('an arrival', () => {
  it('of ten thousand people is asked for in parts, and of nobody is none', async () => {
    const arrival = { place: 'senou', channel: 'air', expected: today() }
    for (const headcount of [10_000, 0, -3, 1.5]) {
      const answer = await agent.post('/api/v1/arrivals', { ...arrival, headcount })
      expect([answer.status, answer.at('/errors/0/pointer')], String(headcount)).toEqual([400, '/headcount'])
    }
    const begun = await must(agent.post('/api/v1/arrivals', { ...arrival, headcount: 5000 }))
    const people = Array.from({ length: 10_000 }, (_, row) => ({ row: `r${row}`, name: 'Awa Diarra', birth: '1994' }))
    const all = await agent.post(`${String(begun.body['href'])}/actions/add_people`, { people })
    expect([all.status, all.body['code'], all.body['max_bytes']]).toEqual([413, 'too_large', 262_144])
    const some = await agent.post(`${String(begun.body['href'])}/actions/add_people`, { people: people.slice(0, 3000) })
    expect([some.status, some.at('/errors/0/pointer')]).toEqual([400, '/people'])
    expect(some.text).toContain('« Personnes » : au plus 50.')
  })
})

describe('somebody on leave', () => {
  it('may sign in and is told until when they are away; nothing waits for them, and what they do is theirs', async () => {
    const [fatou] = await api.here.db.sql`select id from users where login = 'fatoumata.coulibaly'`
    const [oumar] = await api.here.db.sql`select id from users where login = 'oumar.keita'`
    expect(rows(await must(manager.get('/api/v1/work')), '/items').length).toBeGreaterThan(0)
    const until = new Date(Date.now() + 5 * DAY_MS).toISOString().slice(0, 10)
    const body = { from: fatou?.['id'], to: [oumar?.['id']], reason: 'leave', until, over_limit: true }
    await must(supervisor.post('/api/v1/handovers', body, { Prefer: 'wait=25' }))
    const away = await api.person('fatoumata.coulibaly')
    expect((await must(away.get('/api/v1/me'))).body['away']).toEqual({ from: today(), to: until })
    expect(rows(await must(away.get('/api/v1/work')), '/items')).toEqual([])
    await must(away.post(`/api/v1/cases/${number}/actions/add_note`, { text: 'Le proche a rappelé' }))
    const [newest] = rows(await must(supervisor.get(`/api/v1/cases/${number}/timeline?limit=1`)), '/entries')
    expect(newest?.['by']).toMatchObject({ id: fatou?.['id'] })
  })
})
