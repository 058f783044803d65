/** Forms that are filled with nonsense, or with what belongs elsewhere: said field by field, and nothing personal comes back. */

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Answer, type InstalledApi, type Person, startApi } from './installed-api.ts'
import { itemOf, must, openCase, rows } from './screens/clerk.ts'

const SECRET = 'Awa Diarra 70123456'
let api: InstalledApi
let agent: Person
let number: string
let triage: string
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  agent = await api.person('boubacar.dembele')
  number = await openCase(agent)
  triage = String(await itemOf(agent, number, 'triage'))
})
afterAll(() => api.end())

const complete = (body: object): Promise<Answer> =>
  agent.post(`/api/v1/cases/${number}/actions/complete_step`, {
    step: triage,
    outcome: 'ours',
    answers: { priority: 'none' },
    ...body,
  })
const open = (answers: object): Promise<Answer> =>
  agent.post('/api/v1/cases', { opening: 'ml-reception', place: 'senou', answers })
const codesOf = (answer: Answer): unknown[] =>
  rows(answer, '/errors').map((one) => `${String(one['pointer'])} ${String(one['code'])}`)

describe('personal text where it does not belong', () => {
  const doors: [string, () => Promise<Answer>][] = [
    ['as a code', () => complete({ answers: { priority: SECRET } })],
    ['as the name of a field', () => complete({ answers: { priority: 'none', [SECRET]: true } })],
    ['as the name of a member', () => complete({ [SECRET]: 1 })],
    ['as the name of evidence', () => complete({ evidence: { [SECRET]: [{ paper: { kept_at: 'ici' } }] } })],
    ['as an outcome', () => complete({ outcome: SECRET })],
    ['as a step', () => complete({ step: `${number}.${SECRET}` })],
    ['as a place', () => agent.post('/api/v1/cases', { opening: 'ml-reception', place: SECRET, answers: {} })],
    ['as a date', () => open({ name: 'Awa', arrived_on: SECRET, birth: SECRET })],
    ['as what is absent', () => complete({ absent: { [SECRET]: 'refused' } })],
    ['as a procedure', () => agent.post(`/api/v1/cases/${number}/actions/begin_procedure`, { procedure: SECRET })],
    ['as a filter', () => agent.get(`/api/v1/work?${encodeURIComponent(SECRET)}=1`)],
    ['as the value of a filter', () => agent.get(`/api/v1/work?stage=${encodeURIComponent(SECRET)}`)],
    ['as a key', () => agent.post('/api/v1/cases', {}, { 'Idempotency-Key': SECRET })],
    ['as a user', () => agent.post(`/api/v1/cases/${number}/actions/assign_step`, { step: triage, to: SECRET })],
  ]
  it.each(doors)('%s is refused and never repeated', async (_where, ask) => {
    api.logged.length = 0
    const answer = await ask()
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    for (const said of [answer.text, api.logged.join('')]) {
      expect(said).not.toContain('Diarra')
      expect(said).not.toContain('70123456')
    }
  })
})

describe('a form', () => {
  it('with members that it does not have is told each of them', async () => {
    const answer = await complete({ answers: { priority: 'none', priorty: 'none', colour: 'red' } })
    expect(answer.status).toBe(422)
    expect(codesOf(answer)).toEqual(
      expect.arrayContaining(['/answers/priorty unknown_field', '/answers/colour unknown_field']),
    )
  })

  it.each([
    ['a number', 7],
    ['a list', ['none']],
    ['an object', { id: 'none' }],
    ['true', true],
    ['a long text', 'x'.repeat(5000)],
  ])('takes no %s for a choice', async (_what, value) => {
    const answer = await complete({ answers: { priority: value } })
    expect(answer.status).toBe(422)
    expect(rows(answer, '/errors')[0]?.['pointer']).toBe('/answers/priority')
  })

  it.each(['2026-02-30', '2026-13', '1', '23/11/2026', '', '2026-11-23T25:00:00Z'])(
    'takes no %j for a day',
    async (day) => {
      const answer = await open({ name: 'Awa Diarra', arrived_on: day })
      expect(answer.status).toBe(422)
      expect(rows(answer, '/errors')[0]?.['pointer']).toBe('/answers/arrived_on')
    },
  )

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('has no field %s', async (name) => {
    const body = `{"step":"${triage}","outcome":"ours","answers":{"priority":"none","${name}":"x"}}`
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': '1d9c6a1e-58c4-4b6e-9d0e-1c3b2f7a9e10' }
    const path = `/api/v1/cases/${number}/actions/complete_step`
    const answer = await agent.ask('POST', path, { body, headers })
    expect([400, 422], answer.text).toContain(answer.status)
  })

  it('that is a thousand deep or no object at all is unreadable', async () => {
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': '2d9c6a1e-58c4-4b6e-9d0e-1c3b2f7a9e10' }
    const path = `/api/v1/cases/${number}/actions/complete_step`
    const deep = `{"step":"${triage}","outcome":"ours","answers":{"priority":${'['.repeat(1000)}${']'.repeat(1000)}}}`
    for (const body of [deep, '[]', '"text"', 'null', '7', '']) {
      const answer = await agent.ask('POST', path, { body, headers })
      expect([400, 422], body.slice(0, 20)).toContain(answer.status)
    }
  })

  it('is not spoilt by any of it: filled as asked, it is taken', async () => {
    const evidence = { triage_sheet: [{ paper: { kept_at: 'Classeur bleu' } }] }
    expect((await must(complete({ evidence }))).body['status']).toBe('recorded')
  })
})
