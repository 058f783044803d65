/** The database is put back as it was before somebody registered a person: the acts come back, personal answers cannot. */

import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { connect, type Sql } from '../../database/connect.ts'
import { copyOfCases, reviveOn } from '../cli/revive/reviving.ts'
import { type RealApi, type Person, startRealApi } from './installed-api.ts'
import { complete, must, openCase, rows } from './screens/clerk.ts'

let api: RealApi
let owner: Sql
let agent: Person
let number: string
const NUMBER = 'Passeport A12345'
beforeAll(async () => {
  api = await startRealApi(inject('postgres'))
  await api.here.work()
  owner = connect(api.here.db.url, { as: 'owner', max: 1 })
  agent = await api.person('boubacar.dembele')
  number = await openCase(agent)
  await complete(agent, number, 'triage', 'ours', { priority: 'none' })
  const back = await copyOfCases(owner)
  const services = { state: 'given', form: 'written', language: 'fr' }
  const told = { services, destination: 'ml-kayes', safe_contact: true, vulnerable: false, document_number: NUMBER }
  const proof = { consent_proof: [{ paper: { kept_at: 'Classeur 4' } }] }
  await complete(agent, number, 'registration', 'registered', told, { evidence: proof })
  expect((await must(agent.get(`/api/v1/cases/${number}/timeline`))).text).toContain('registration')
  await back()
})
afterAll(async () => {
  await owner.end()
  await api.end()
})

it('screens say what was done, without what is lost, and the case goes on', async () => {
  const { code, said } = await reviveOn(api.here, api.here.temporal)
  expect(code, said).toBe(0)
  const ended = /registration/
  for (const part of ['', '/timeline', '/explain', '/clocks', '/notices', '/documents', '/disclosures']) {
    const answer = await must(agent.get(`/api/v1/cases/${number}${part}`))
    expect(answer.text).not.toContain(NUMBER)
  }
  expect((await must(agent.get(`/api/v1/cases/${number}/timeline`))).text).toMatch(ended)
  const found = await must(agent.get(`/api/v1/cases/${number}`))
  expect(rows(found, '/open_steps').length).toBeGreaterThan(0)
  const live = await must((await api.person('awa.keita')).get(`/api/v1/cases/${number}/live`))
  expect(live.body).toMatchObject({ agrees: true })
})

it('what was lost can be given again as a correction', async () => {
  const [row] = await api.here.db.sql`select run from runs r join cases c on c.case_id = r.case_id
    where c.number = ${number} and r.procedure = 'ml-reception'`
  const step = `${number}.${row?.['run']}.registration.1`
  await must(
    agent.post(`/api/v1/cases/${number}/actions/correct_answer`, {
      step,
      answers: { document_number: NUMBER },
      reason: 'Perdu avec la base',
    }),
  )
  const kept = await api.here.db.sql`select field from personal_answers p join cases c on c.case_id = p.case_id
    where c.number = ${number} and p.field = 'document_number'`
  expect(kept).toHaveLength(1)
})
