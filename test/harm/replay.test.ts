/** Rule 1: authorisation comes before any replay. A key is known to whoever sent it, and tells them what they may know today. */

import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Answer, type RealApi, type Person, startRealApi } from '../api/installed-api.ts'
import { complete, itemOf, must, openCase, today } from '../api/screens/clerk.ts'

let api: RealApi
let agent: Person
let colleague: Person
let head: Person
let supervisor: Person
beforeAll(async () => {
  api = await startRealApi(inject('postgres'))
  await api.here.work()
  ;[agent, colleague, head, supervisor] = (await Promise.all(
    ['boubacar.dembele', 'kadiatou.sissoko', 'modibo.sangare', 'mariam.doumbia'].map(api.person),
  )) as [Person, Person, Person, Person]
})
afterAll(() => api.end())

interface Held {
  role: string
  place: string
}
const taken = new Map<string, Record<string, unknown>[]>()
/** From now on this person holds these and nothing else. */
async function holdsOnly({ login }: Person, ...held: Held[]): Promise<void> {
  const { sql } = api.here.db
  const [user] = await sql`select id from users where login = ${login}`
  const id = String(user?.['id'])
  const rows = await sql`delete from holdings where user_id = ${id} returning *`
  if (!taken.has(id)) taken.set(id, rows)
  for (const { role, place } of held)
    await sql`insert into holdings (user_id, role, place) values (${id}, ${role}, ${place})`
}
afterEach(async () => {
  const { sql } = api.here.db
  for (const [id, rows] of taken) {
    await sql`delete from holdings where user_id = ${id}`
    for (const row of rows) await sql`insert into holdings ${sql(row)}`
  }
  taken.clear()
})

/** What is the same for two people who are told the same. */
const told = ({ status, body }: Answer) => ({
  status,
  code: body['code'],
  title: body['title'],
  detail: body['detail'],
})
const keyed = (key: string) => ({ 'Idempotency-Key': key })
const noted = async (by: Person, key: string, number: string): Promise<Answer> =>
  by.post(`/api/v1/cases/${number}/actions/add_note`, { text: 'Attend sa sœur' }, keyed(key))

describe('a known key', () => {
  it('tells its sender again what it did', async () => {
    const number = await openCase(agent)
    const key = randomUUID()
    const first = await must(noted(agent, key, number))
    const again = await must(noted(agent, key, number))
    expect(again.headers.get('Idempotent-Replayed')).toBe('true')
    expect(again.body).toEqual(first.body)
  })

  it('is worth nothing in the hand of a colleague: their act is their own', async () => {
    const number = await openCase(agent)
    const key = randomUUID()
    await must(noted(agent, key, number))
    expect((await colleague.get(`/api/v1/cases/${number}/actions/${key}`)).status).toBe(404)
    expect((await must(noted(colleague, key, number))).headers.has('Idempotent-Replayed')).toBe(false)
  })

  it('tells somebody who has no longer anything to do with the case that there is none', async () => {
    const number = await openCase(agent)
    const key = randomUUID()
    await must(noted(agent, key, number))
    await holdsOnly(agent, { role: 'registration_agent', place: 'ml-kayes' })
    const nowhere = await noted(agent, randomUUID(), '26-0000-000')
    for (const answer of [await noted(agent, key, number), await agent.get(`/api/v1/cases/${number}/actions/${key}`)])
      expect(told(answer)).toMatchObject({ status: 404, code: 'not_found', title: told(nowhere).title })
  })

  it('refuses whoever lost the role of the act and still knows the case, as one who never had it', async () => {
    const number = await openCase(agent)
    await complete(agent, number, 'triage', 'ours')
    const item = (await itemOf(head, number, 'admission')) ?? ''
    const body = {
      step: item,
      outcome: 'done',
      answers: { bed: true, meals: true },
      evidence: { signed_slip: [{ paper: { kept_at: 'Classeur' } }] },
    }
    const path = `/api/v1/cases/${number}/actions/complete_step`
    const stranger = await agent.post(path, body)
    const key = randomUUID()
    await must(head.post(path, body, keyed(key)))
    await holdsOnly(head, { role: 'registration_agent', place: 'senou' })
    const repeated = await head.post(path, body, keyed(key))
    expect(repeated.body['code']).toBe('role_required')
    expect(told(repeated)).toEqual(told(stranger))
    expect(repeated.text).not.toContain('recorded')
  })

  it('of an opening gives no number to whoever opens no cases there any more', async () => {
    const key = randomUUID()
    const answers = { name: 'Awa Diarra', birth: '1994', arrived_on: today(), phone: '+223 70 00 00 00' }
    const opening = { opening: 'ml-reception', place: 'senou', answers }
    const opened = await must(agent.post('/api/v1/cases', opening, keyed(key)))
    const number = String(opened.body['number'])
    await holdsOnly(agent, { role: 'registration_agent', place: 'ml-kayes' })
    const gone = await agent.post('/api/v1/cases', opening, keyed(key))
    expect([gone.status, gone.body['code']]).toEqual([404, 'not_found'])
    expect(gone.text).not.toContain(number)
  })

  it('of rows of an arrival, likewise', async () => {
    const flight = { place: 'senou', channel: 'air', expected: today(), headcount: 2 }
    const arrival = String((await must(agent.post('/api/v1/arrivals', flight))).body['id'])
    const people = { people: [{ row: 'r1', name: 'Personne', birth: '1990' }] }
    const path = `/api/v1/arrivals/${arrival}/actions/add_people`
    const key = randomUUID()
    await must(agent.post(path, people, keyed(key)))
    await holdsOnly(agent, { role: 'registration_agent', place: 'ml-kayes' })
    const again = await agent.post(path, people, keyed(key))
    expect([again.status, again.body['code']]).toEqual([404, 'not_found'])
    expect(again.text).not.toContain('Personne')
  })
})

describe('what was done on a restricted run', () => {
  it('is nothing any more to whoever left its circle, and a report stays received', async () => {
    const number = await openCase(agent)
    const path = `/api/v1/cases/${number}/actions`
    const report = { procedure: 'ml-trafficking', answers: { report: 'Vue à la porte' } }
    const reported = randomUUID()
    await must(agent.post(`${path}/begin_procedure`, report, keyed(reported)))
    const focal = await api.person('oumou.sacko')
    const [row] = (await must(focal.get(`/api/v1/work?case=${number}`))).body['items'] as { id: string }[]
    const note = { step: row?.id, text: 'Rappeler demain' }
    const key = randomUUID()
    await must(focal.post(`${path}/add_note`, note, keyed(key)))
    await must(focal.get(`${path}/${key}`))
    await holdsOnly(focal, { role: 'supervisor', place: 'ml-bamako' })
    await must(focal.get(`/api/v1/cases/${number}`))
    expect((await focal.post(`${path}/add_note`, note, keyed(key))).status).toBe(404)
    expect((await focal.get(`${path}/${key}`)).status).toBe(404)
    expect((await must(agent.get(`${path}/${reported}`))).body['status']).toBe('recorded')
  })
})

describe('a document', () => {
  it('is read by its sender until an act holds it, then only by those who read the act', async () => {
    const number = await openCase(agent)
    const report = { procedure: 'ml-trafficking', answers: { report: 'Vue à la porte' } }
    await must(agent.post(`/api/v1/cases/${number}/actions/begin_procedure`, report))
    const focal = await api.person('oumou.sacko')
    await complete(focal, number, 'signs', 'signs')
    const sent = await focal.ask('POST', `/api/v1/cases/${number}/documents`, {
      body: Buffer.from('%PDF-1.4 %%EOF'),
      headers: { 'Content-Type': 'application/pdf', 'Upload-Length': '14' },
    })
    const href = String(sent.body['href'])
    expect((await focal.get(href)).status, sent.text).toBe(200)
    const sheet = { evidence: { risk_sheet: [{ document: String(sent.body['id']) }] } }
    await complete(focal, number, 'safety', 'safe', {}, sheet)
    expect((await focal.get(href)).status).toBe(200)
    await holdsOnly(focal, { role: 'supervisor', place: 'ml-bamako' })
    await must(focal.get(`/api/v1/cases/${number}`))
    expect((await focal.get(href)).status).toBe(404)
  })
})

describe('a known key of other work', () => {
  it('gives no role, and shows no grant, to whoever gives none any more', async () => {
    const coordinator = await api.person('ibrahim.toure')
    const users = await must(supervisor.get('/api/v1/users?role=medic'))
    const [medic] = users.body['items'] as { id: string }[]
    const grant = { user: medic?.id, role: 'case_manager', place: 'ml-kayes' }
    const key = randomUUID()
    await must(coordinator.post('/api/v1/grants', grant, keyed(key)))
    await holdsOnly(coordinator, { role: 'supervisor', place: 'ml-bamako' })
    const again = await coordinator.post('/api/v1/grants', grant, keyed(key))
    expect([again.status, again.body['code']]).toEqual([403, 'role_required'])
  })
})
