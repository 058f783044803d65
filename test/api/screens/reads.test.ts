/** Whoever unseals something about a person is on record for it, before they are answered. */

import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest'
import { connect, type Sql } from '../../../database/connect.ts'
import { type InstalledApi, type Person, startApi } from '../installed-api.ts'
import { itemOf, must, openCase, rows } from './clerk.ts'

let api: InstalledApi
let agent: Person
let officer: Person
let owner: Sql
let number: string
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  owner = connect(api.here.db.url, { as: 'owner', max: 1 })
  ;[agent, officer] = await Promise.all([api.person('boubacar.dembele'), api.person('assitan.diakite')])
})
afterAll(async () => {
  await owner.end()
  await api.end()
})
beforeEach(async () => {
  number = await openCase(agent)
})

const readsBy = async (person: Person) =>
  rows(await must(person.get(`/api/v1/cases/${number}/reads`)), '/items').map((one) => String(one['purpose']))

it('leaves one record for a case, a work item and a list, and none for what unseals nothing', async () => {
  const item = await itemOf(agent, number, 'triage')
  await must(agent.get(`/api/v1/work/${item}`))
  await must(agent.get('/api/v1/work?limit=200'))
  await must(agent.get(`/api/v1/cases/${number}/timeline`))
  expect(await readsBy(officer)).toEqual(['listWork', 'getWorkItem', 'getCase'])
  const found = rows(await must(officer.get(`/api/v1/cases/${number}/reads`)), '/items')
  expect(found[0]?.['by']).toMatchObject({ label: 'Boubacar Dembélé' })
})

it('is read by the data protection officer only', async () => {
  for (const login of ['boubacar.dembele', 'modibo.sangare', 'mariam.doumbia', 'awa.keita']) {
    const asked = await (await api.person(login)).get(`/api/v1/cases/${number}/reads`)
    expect(asked.body['code']).toBe('role_required')
  }
})

it('answers nothing about a person when the read cannot be recorded', async () => {
  const item = await itemOf(agent, number, 'triage')
  await owner`revoke insert on reads from segin_app`
  try {
    for (const path of [`/api/v1/cases/${number}`, `/api/v1/work/${item}`, '/api/v1/work', '/api/v1/cases']) {
      const asked = await agent.get(path)
      expect(asked.status).toBe(500)
      expect(asked.text).not.toContain('Diarra')
    }
  } finally {
    await owner`grant insert on reads to segin_app`
  }
})

it('tells a read of a restricted run, or by whoever only that run brings here, to nobody else', async () => {
  const begin = { procedure: 'ml-trafficking', answers: { report: 'Seen at the gate' } }
  await must(agent.post(`/api/v1/cases/${number}/actions/begin_procedure`, begin))
  const before = await readsBy(officer)
  const focal = await api.person('oumou.sacko')
  const found = await must(focal.get(`/api/v1/cases/${number}`))
  const hidden = rows(found, '/open_steps').map((row) => String(row['href']))
  for (const href of hidden) await must(focal.get(href))
  await must(focal.get('/api/v1/work?limit=200'))
  expect(await readsBy(officer)).toEqual(before)
  const [kept] = await owner<{ count: number }[]>`
    select count(*)::int as count from reads r join cases c on c.case_id = any(r.case_ids)
    where c.number = ${number} and run like 'trafficking-%'`
  expect(kept?.count).toBeGreaterThan(2)
})
