/** What is told of a step that is on hold: what lifts it and whom to ask, as far as the reader may know. */

import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { type InstalledApi, type Person, startApi } from './installed-api.ts'
import { complete, inDays, itemOf, must, openCase } from './screens/clerk.ts'

const WAITS = "Cette étape est en pause, en attente d'une vérification"
const ASK = 'À demander à : Superviseur régional (Aéroport de Bamako-Sénou).'

let api: InstalledApi
let agent: Person
let head: Person
let supervisor: Person
let number: string
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  agent = await api.person('boubacar.dembele')
  head = await api.person('modibo.sangare')
  supervisor = await api.person('mariam.doumbia')
})
afterAll(() => api.end())
beforeEach(async () => {
  number = await openCase(agent)
  await complete(agent, number, 'triage', 'ours')
  await complete(agent, number, 'registration', 'registered', { destination: 'ml-bamako', safe_contact: true })
})

const act = (by: Person, name: string, body: object) => by.post(`/api/v1/cases/${number}/actions/${name}`, body)
const whyNot = async (by: Person, step: string) => {
  const item = await must(by.get(`/api/v1/work/${await itemOf(by, number, step)}`))
  return { why: item.at('/not_now/0/why'), who: item.at('/not_now/0/who') }
}

describe('a suspended case', () => {
  beforeEach(() => must(act(supervisor, 'suspend', { review_on: inDays(180), reason: 'Hospitalisée' })))

  it('names what lifts the hold, and whom to ask', async () => {
    const step = await itemOf(head, number, 'admission')
    const answers = { bed: true, meals: true }
    const evidence = { signed_slip: [{ paper: { kept_at: 'Classeur bleu' } }] }
    const held = await act(head, 'complete_step', { step, outcome: 'done', answers, evidence })
    expect([held.status, held.body['code']]).toEqual([409, 'on_hold'])
    expect(held.body['detail']).toBe(
      `${WAITS} : « Revue de la suspension ». ${ASK} Ce que vous avez saisi est gardé en brouillon.`,
    )
    expect(held.at('/waits_for')).toEqual([
      { step: await itemOf(head, number, 'review'), title: 'Revue de la suspension' },
    ])
  })

  it('sends nobody to themselves', async () => {
    expect(await whyNot(supervisor, 'manager')).toEqual({ why: `${WAITS} : « Revue de la suspension ».`, who: [] })
    const path = `/api/v1/cases/${number}/explain`
    expect((await must(supervisor.get(path))).at('/held/0/ask')).toBeUndefined()
    expect((await must(head.get(path))).at('/held/0/ask/role/id')).toBe('supervisor')
  })
})

it('what may not be known is not named: the step goes on by itself', async () => {
  await complete(head, number, 'admission', 'done')
  await complete(agent, number, 'short_interview', 'done')
  await complete(await api.person('ramata.cisse'), number, 'arrival_cash', 'paid')
  const report = { procedure: 'ml-trafficking', answers: { report: 'Vu à la porte' } }
  await must(act(agent, 'begin_procedure', report))
  const { why } = await whyNot(head, 'onward_transport')
  expect(why).toBe(`${WAITS} ; elle reprend d'elle-même quand celle-ci est faite. ${ASK}`)
})
