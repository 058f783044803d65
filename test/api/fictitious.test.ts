/** A training installation takes fictitious telephone numbers only; a service installation takes those of people. */

import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { isLike } from '../../api/acts/training-telephones.ts'
import { createApi } from '../../api/app.ts'
import { lineOf, lineText } from '../../api/links/line.ts'
import { compileSettings } from '../../procedures/language/index.ts'
import { type Answer, type InstalledApi, type Person, signedIn, startApi } from './installed-api.ts'
import { complete, itemOf, must, openCase, today } from './screens/clerk.ts'

const LIKE = '+223 70 00 xx xx'
const REAL = '+223 76 12 34 56'
let api: InstalledApi
let agent: Person
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  agent = await api.person('boubacar.dembele')
})
afterAll(() => api.end())

const opening = (phone: string) => ({
  opening: 'ml-reception',
  place: 'senou',
  answers: { name: 'Awa Diarra', birth: '1994', arrived_on: today(), phone },
})
const open = (phone: string, who = agent, headers = {}): Promise<Answer> =>
  who.post('/api/v1/cases', opening(phone), headers)

it.each([
  ['+223 70 00 12 34', true],
  ['70001234', true],
  ['00223 70.00.12.34', true],
  ['+223 70 01 12 34', false],
  ['+224 70 00 12 34', false],
  ['70 00 12 3', false],
  ['70 00 12 34 ou 76 12 34 56', false],
  ['', false],
])('%j is fictitious: %s', (value, fictitious) => {
  expect(isLike(value, LIKE)).toBe(fictitious)
})

describe('on a training installation', () => {
  it('a number of somebody is refused at its field, which says which to write, in both languages', async () => {
    const answer = await open(REAL)
    expect([answer.status, answer.body['code']]).toEqual([422, 'answers_invalid'])
    expect(answer.at('/errors/0')).toMatchObject({
      pointer: '/answers/phone',
      code: 'not_fictitious',
      expected: [LIKE],
      message: expect.stringMatching(/^« Téléphone » : on s'exerce ici.*\+223 70 00 xx xx\.$/),
    })
    expect((await open(REAL, agent, { 'Accept-Language': 'en' })).at('/errors/0/message')).toMatch(
      /^“Telephone”: this is for training.*\+223 70 00 xx xx\.$/,
    )
    expect(answer.text).not.toContain('76 12')
  })

  it('nothing of it is kept, and a fictitious one opens the case', async () => {
    await open(REAL)
    expect(await api.here.db.sql`select 1 from people`).toHaveLength(0)
    const opened = await open('+223 70 00 12 34')
    expect(opened.status, opened.text).toBe(201)
    const number = String(opened.body['number'])
    const correct = { answers: { phone: REAL }, reason: 'Mal entendu' }
    const corrected = await agent.post(`/api/v1/cases/${number}/actions/correct_opening`, correct)
    expect([corrected.status, corrected.at('/errors/0/code')]).toEqual([422, 'not_fictitious'])
  })

  it('nor is it kept in a draft, among words, sent or set aside', async () => {
    const number = await openCase(agent)
    await complete(agent, number, 'triage', 'ours')
    const item = (await itemOf(agent, number, 'registration')) ?? ''
    const drafted = (contact: string) =>
      agent.ask('PUT', `/api/v1/work/${item}/draft`, { body: { answers: { contact, commune: 'Kita' } } })
    const said = (tel: string) => `Le soir au ${tel}, demander Issa`
    const refused = await drafted(said(REAL))
    expect([refused.status, refused.at('/errors/0/pointer')]).toEqual([422, '/answers/contact'])
    expect(refused.at('/errors/0/code')).toBe('not_fictitious')
    expect((await drafted(said('+223 70 00 12 34'))).status).toBe(204)
    const answers = { contact: said(REAL), commune: 'Kayes', safe_contact: true }
    const sent = await agent.post(`/api/v1/cases/${number}/actions/complete_step`, {
      step: item,
      outcome: 'registered',
      answers,
    })
    expect([sent.status, sent.body['kept_as_draft']]).toEqual([422, true])
    const kept = await must(agent.get(`/api/v1/work/${item}`))
    expect(kept.at('/draft/answers')).toEqual({ commune: 'Kayes', safe_contact: true })
  })

  it('a row of an arrival with a number of somebody is refused alone', async () => {
    const flight = { place: 'senou', channel: 'air', expected: today(), headcount: 2 }
    const announced = await agent.post('/api/v1/arrivals', flight)
    const people = [REAL, '70 00 12 34'].map((phone, row) => ({
      row: `r${row}`,
      name: `Personne ${row}`,
      birth: '1990',
      phone,
    }))
    const path = `/api/v1/arrivals/${String(announced.body['id'])}/actions/add_people`
    const added = await agent.post(path, { people })
    expect(added.status, added.text).toBeLessThan(300)
    expect(added.at('/rows/0/errors/0'), added.text).toMatchObject({ code: 'not_fictitious', expected: [LIKE] })
    expect(added.at('/rows/1/result')).toBe('opened')
  })
})

it('in service the number is that of the person', async () => {
  const app = createApi({
    sql: api.here.db.sql,
    ring: api.here.db.ring,
    temporal: api.here.temporal,
    installation: { kind: 'service', version: '0.1.0' },
    country: api.here.country,
    log: pino({ level: 'silent' }),
    realNow: () => Date.now(),
  })
  const clerk = await signedIn(app, api.here, 'boubacar.dembele')
  const opened = await open(REAL, clerk, { 'Idempotency-Key': randomUUID() })
  expect(opened.status, opened.text).toBe(201)
})

it('the fictitious line of an office is told to nobody outside training', () => {
  const { country } = api.here
  const { places } = compileSettings(country, { version: 1, offsetMs: 0 })
  const kayes = (kind: 'training' | 'service') =>
    lineText(lineOf({ country, installation: { kind, version: '0.1.0' } }, places, 'kayes-centre', 'fr'))
  expect([kayes('training'), kayes('service')]).toEqual(['+223 70 00 00 91 (Kayes)', null])
})
