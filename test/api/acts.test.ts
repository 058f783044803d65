import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Answer, type InstalledApi, type Person, startApi } from './installed-api.ts'

let api: InstalledApi
let agent: Person
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  agent = await api.person('boubacar.dembele')
})
afterAll(() => api.end())

const today = () => new Date().toISOString().slice(0, 10)
const awa = (more: Record<string, unknown> = {}) => ({
  opening: 'ml-reception',
  place: 'senou',
  answers: { name: 'Awa Diarra', birth: '1994', arrived_on: today(), phone: '+223 70 00 00 00', ...more },
})
const opened = async (): Promise<{ number: string; triage: string; answer: Answer }> => {
  const answer = await agent.post('/api/v1/cases', awa())
  expect(answer.status, answer.text).toBe(201)
  const steps = answer.at('/opened') as { id: string }[]
  const triage = steps.map((step) => step.id).find((id) => id.includes('.triage.')) ?? ''
  return { number: String(answer.body['number']), triage, answer }
}

describe('opening a case', () => {
  it('answers 201 with the number, where it is, and the steps that opened', async () => {
    const { number, answer, triage } = await opened()
    console.log(JSON.stringify(answer.body, null, 1))
    expect(number).toMatch(/^\d{2}-\d{4}-\d{3}$/)
    expect(answer.headers.get('Location')).toBe(`/api/v1/cases/${number}`)
    expect(triage.startsWith(`${number}.reception-`)).toBe(true)
  })

  it('is one case however often the same key comes', async () => {
    const key = randomUUID()
    const first = await agent.post('/api/v1/cases', awa(), { 'Idempotency-Key': key })
    const again = await agent.post('/api/v1/cases', awa(), { 'Idempotency-Key': key })
    expect(again.status).toBe(201)
    expect(again.body).toEqual(first.body)
    expect(again.headers.get('Idempotent-Replayed')).toBe('true')
  })
})
