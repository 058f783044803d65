/** The feed of events as a connected system reads it: whole, in order, once, and without a word about a person. */

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { eraseCase } from '../../database/erase.ts'
import { eventsAfter, placeEvents } from '../../database/queries/feed.ts'
import { type Answer, type InstalledApi, type Json, type Person, startApi } from './installed-api.ts'
import { complete, followedCase, must, openCase, rows } from './screens/clerk.ts'

let api: InstalledApi
let agent: Person
let bridge: Person
let number: string
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  agent = await api.person('boubacar.dembele')
  bridge = await api.person('pont.donnees')
  number = await followedCase(agent, await api.person('moussa.traore'))
})
afterAll(() => api.end())

const all = async (start: string): Promise<Record<string, Json>[]> => {
  const found: Record<string, Json>[] = []
  for (let next = start; ;) {
    const page = await must(bridge.get(next))
    found.push(...rows(page, '/events'))
    if (page.body['caught_up'] === true) return found
    next = String(page.body['next'])
  }
}
const kindsIn = (events: Record<string, Json>[]) => events.map((one) => one['kind'])

describe('the feed', () => {
  it('tells what happened, oldest first, with ids and codes only', async () => {
    const events = await all('/api/v1/events')
    const mine = events.filter((one) => one['case'] === number)
    expect(kindsIn(mine).slice(0, 3)).toEqual(['case_opened', 'run_begun', 'step_opened'])
    const triage = mine.find((one) => one['kind'] === 'step_ended')
    expect(triage).toMatchObject({ place: 'senou', procedure: 'ml-reception@1', outcome: 'ours' })
    expect(String(triage?.['step'])).toMatch(new RegExp(`^${number}\\.reception-\\w+\\.triage\\.1$`))
    expect(triage?.['href']).toBe(`/api/v1/work/${String(triage?.['step'])}`)
    expect(JSON.stringify(events)).not.toMatch(/Diarra|Awa|70 00|Fatoumata/)
    expect(JSON.stringify(mine)).not.toMatch(/usr-/)
  })

  it('is the same whole however it is cut into pages, and stays the same', async () => {
    const whole = await all('/api/v1/events?limit=200')
    expect(await all('/api/v1/events?limit=3')).toEqual(whole)
    expect(new Set(whole.map((one) => one['position'])).size).toBe(whole.length)
    expect(whole.every((one) => /^p-[0-9a-f]{32}$/.test(String(one['position'])))).toBe(true)
  })

  it('goes on where its reader was, and says when there is nothing more', async () => {
    const end = await must(bridge.get('/api/v1/events?limit=200'))
    const next = String(end.body['next'])
    const seen = { 'If-None-Match': (await must(bridge.get(next))).headers.get('ETag') ?? '' }
    expect((await bridge.get(next, seen)).status).toBe(304)
    const other = await openCase(agent)
    const more = await must(bridge.get(next, seen))
    expect(new Set(rows(more, '/events').map((one) => one['case']))).toEqual(new Set([other]))
    const last = String(rows(more, '/events').at(-1)?.['position'])
    expect((await must(bridge.get(`/api/v1/events?after=${last}`))).body).toMatchObject({ events: [], caught_up: true })
  })

  it('may be narrowed to kinds, which are looked up', async () => {
    const events = await all('/api/v1/events?kinds=step_ended,%20case_opened&limit=2')
    expect(new Set(kindsIn(events))).toEqual(new Set(['step_ended', 'case_opened']))
    const wrong = await bridge.get('/api/v1/events?kinds=step_ended,noted')
    expect([wrong.status, wrong.at('/errors/0/pointer')]).toEqual([400, '/kinds'])
  })

  it('takes no position of another reader, of nobody, or of a time that a restored database has not lived', async () => {
    const mine = String(rows(await must(bridge.get('/api/v1/events?limit=1')), '/events')[0]?.['position'])
    await api.here.db.sql`insert into holdings (user_id, role, place)
      select id, 'integrator', 'ml-kayes' from users where login = 'oumar.keita'`
    const other = await api.person('oumar.keita')
    expect((await other.get('/api/v1/events')).status).toBe(200)
    for (const answer of [
      await other.get(`/api/v1/events?after=${mine}`),
      await bridge.get('/api/v1/events?after=p-1'),
    ])
      expect([answer.status, answer.body['code']]).toEqual([400, 'cursor_expired'])
  })

  it('is of the places that its reader has: another region is not there, and numbers tell nothing of it', async () => {
    const other = await api.person('oumar.keita')
    const page = await must(other.get('/api/v1/events?limit=200'))
    expect(new Set(rows(page, '/events').map((one) => one['case']))).toEqual(new Set([number]))
  })

  it('is for that role alone, which opens nothing else', async () => {
    const refused = await agent.get('/api/v1/events')
    expect([refused.status, refused.at('/who/0/role/id')]).toEqual([403, 'integrator'])
    expect((await must(bridge.get('/api/v1/me'))).body).toMatchObject({ holds: [], may: ['read_events'] })
    const closed = (path: string): Promise<Answer> => bridge.get(path)
    expect((await closed(`/api/v1/cases/${number}`)).status).toBe(404)
    expect(rows(await must(closed('/api/v1/cases')), '/items')).toEqual([])
    expect(rows(await must(closed('/api/v1/work?scope=places')), '/items')).toEqual([])
  })
})

describe('what is restricted', () => {
  it('has no position, and leaves no gap among those of others', async () => {
    const secret = await openCase(agent)
    await must(
      agent.post(`/api/v1/cases/${secret}/actions/begin_procedure`, {
        procedure: 'ml-trafficking',
        answers: { report: 'Seen at the gate' },
      }),
    )
    await complete(agent, secret, 'triage', 'ours')
    const events = await all('/api/v1/events?limit=200')
    expect(JSON.stringify(events)).not.toMatch(/trafficking/)
    expect(events.filter((one) => one['case'] === secret).length).toBeGreaterThan(3)
    const placed = await eventsAfter(api.here.db.sql, 0, 10_000)
    expect(placed.map((one) => one.position)).toEqual(placed.map((_one, index) => index + 1))
  })
})

describe('positions', () => {
  it('are given once, by one at a time, whoever asks: nobody is ever told a later event before an earlier one', async () => {
    const { sql } = api.here.db
    const opening = Promise.all(Array.from({ length: 8 }, () => openCase(agent)))
    const reads: { position: number; caseId: string; seq: number }[] = []
    const going = { on: true }
    const reader = async (): Promise<void> => {
      const { position: at } = (await eventsAfter(sql, 0, 100_000)).at(-1) ?? { position: 0 }
      for (let after = at; going.on;) {
        await placeEvents(sql)
        const found = await eventsAfter(sql, after, 1000)
        reads.push(...found)
        after = found.at(-1)?.position ?? after
      }
    }
    const reading = reader()
    await opening
    going.on = false
    await reading
    while (!(await placeEvents(sql)));
    const placed = await eventsAfter(sql, 0, 100_000)
    const positions = placed.map((one) => one.position)
    expect(positions).toEqual(positions.map((_one, index) => index + 1))
    const begun = reads[0]?.position ?? 1
    expect(reads).toEqual(placed.slice(begun - 1, begun - 1 + reads.length))
    const [{ n } = { n: 0 }] = await sql<{ n: number }[]>`select count(*)::int as n from case_events
      where compartment = 'general'`
    expect(placed.length).toBe(n)
    const inCase = new Map<string, number>()
    for (const { caseId, seq } of placed) {
      expect(seq).toBeGreaterThan(inCase.get(caseId) ?? 0)
      inCase.set(caseId, seq)
    }
  })
})

describe('what was erased', () => {
  it('is told no more, and what stands around it goes on', async () => {
    const gone = await openCase(agent)
    const before = await all('/api/v1/events?limit=200')
    expect(before.some((one) => one['case'] === gone)).toBe(true)
    const { sql } = api.here.db
    const [row] = await sql`select case_id from cases where number = ${gone}`
    await eraseCase(sql, String(row?.['caseId']), new Date())
    const after = await all('/api/v1/events?limit=200')
    expect(after).toEqual(before.filter((one) => one['case'] !== gone))
  })
})
