/** Whoever is named as an owner must be there, and a case manager must have room: said clearly, with who has. */

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Answer, type InstalledApi, type Person, startApi } from './installed-api.ts'
import { complete, followedCase, itemOf, must, openCase, rows, today } from './screens/clerk.ts'

let api: InstalledApi
let agent: Person
let chief: Person
let number: string
const ids: Record<string, string> = {}
const id = (login: string): string => ids[login] ?? ''
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  agent = await api.person('boubacar.dembele')
  chief = await api.person('moussa.traore')
  for (const row of await api.here.db.sql`select id, login from users`) ids[row['login']] = row['id']
  number = await followedCase(agent, chief)
})
afterAll(() => api.end())

const change = (body: object, preview = ''): Promise<Answer> =>
  chief.post(`/api/v1/cases/${number}/actions/change_case_manager${preview}`, body)
const limit = (login: string, caseload: number) =>
  api.here.db.sql`update users set caseload = ${caseload} where id = ${id(login)}`
const away = (login: string, to: string | null) =>
  api.here.db.sql`update users set away_from = ${today()}, away_to = ${to} where id = ${id(login)}`
const here = (login: string) => api.here.db.sql`update users set away_from = null where id = ${id(login)}`
const firstError = (answer: Answer): unknown[] => [
  answer.status,
  answer.at('/errors/0/pointer'),
  answer.at('/errors/0/code'),
]
const managerOf = async (): Promise<unknown> =>
  (await api.here.db.sql`select case_manager from cases where number = ${number}`)[0]?.['caseManager']

describe('a case manager whose caseload is full', () => {
  beforeAll(async () => {
    await limit('oumar.keita', 1)
    const other = await followedCase(agent, chief)
    await must(chief.post(`/api/v1/cases/${other}/actions/change_case_manager`, { to: id('oumar.keita') }))
  })

  it('is given no further case, and the answer names who has room', async () => {
    const answer = await change({ to: id('oumar.keita') })
    expect(firstError(answer)).toEqual([422, '/to', 'over_caseload'])
    expect(rows(answer, '/errors')[0]).toMatchObject({ most: 1 })
    expect(rows(answer, '/errors/0/room').map((one) => one['label'])).toContain('Fatoumata Coulibaly')
    expect(String(answer.at('/errors/0/message'))).toMatch(/1 dossiers?.*Fatoumata Coulibaly \(59\)/)
    expect(firstError(await change({ to: id('oumar.keita') }, '?preview=true'))).toEqual([422, '/to', 'over_caseload'])
    expect(await managerOf()).toBe(id('fatoumata.coulibaly'))
  })

  it('is not named in an answer either', async () => {
    const second = await openCase(agent)
    await complete(agent, second, 'triage', 'ours')
    await complete(agent, second, 'registration', 'registered', { destination: 'ml-kayes', safe_contact: true })
    const step = (await itemOf(chief, second, 'manager')) ?? ''
    const work = await must(chief.get(`/api/v1/work/${step}`))
    const named = (user: string): Promise<Answer> =>
      chief.post(`/api/v1/cases/${second}/actions/complete_step`, {
        step,
        basis: work.body['basis'],
        outcome: 'assigned',
        answers: { manager: user },
      })
    expect(firstError(await named(id('oumar.keita')))).toEqual([422, '/answers/manager', 'over_caseload'])
    await away('fatoumata.coulibaly', null)
    const gone = await named(id('fatoumata.coulibaly'))
    expect(firstError(gone)).toEqual([422, '/answers/manager', 'away'])
    await here('fatoumata.coulibaly')
    expect((await named(id('fatoumata.coulibaly'))).status).toBe(200)
  })

  it('carries more when a supervisor asks for it and says why', async () => {
    const silent = await change({ to: id('oumar.keita'), over_limit: true })
    expect(firstError(silent)).toEqual([422, '/reason', 'required'])
    await must(change({ to: id('oumar.keita'), over_limit: true, reason: 'Personne d’autre ne parle soninké' }))
    expect(await managerOf()).toBe(id('oumar.keita'))
    await must(change({ to: id('oumar.keita') }))
  })
})

describe('somebody who is no case manager where the case is followed', () => {
  it.each([
    ['of another role', 'ramata.cisse'],
    ['of another region', 'hawa.maiga'],
  ])('%s is not given it, and the answer names who could be', async (_name, login) => {
    const answer = await change({ to: id(login), over_limit: true, reason: 'Essai' })
    expect(firstError(answer)).toEqual([422, '/to', 'role_not_held'])
    expect(rows(answer, '/errors/0/room').map((one) => one['label'])).toContain('Fatoumata Coulibaly')
    expect(String(answer.at('/errors/0/message'))).toMatch(/ne tient pas ce rôle ici/)
  })
})

describe('somebody who is away', () => {
  it('is made the owner of nothing: not of a case, not of a step', async () => {
    await away('fatoumata.coulibaly', '2199-01-31')
    const answer = await change({ to: id('fatoumata.coulibaly') })
    expect(firstError(answer)).toEqual([422, '/to', 'away'])
    expect(rows(answer, '/errors')[0]).toMatchObject({ until: '2199-01-31' })
    expect(String(answer.at('/errors/0/message'))).toContain('31 janvier 2199')
    const mariam = await api.person('mariam.doumbia')
    const fresh = await openCase(agent)
    const step = await itemOf(mariam, fresh, 'triage')
    const to = id('fatoumata.coulibaly')
    const assigned = await mariam.post(`/api/v1/cases/${fresh}/actions/assign_step`, { step, to })
    expect(firstError(assigned)).toEqual([422, '/to', 'away'])
  })

  it('is named again from the day of the return', async () => {
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
    await api.here.db.sql`update users set away_from = '2020-01-01', away_to = ${yesterday}
      where id = ${id('fatoumata.coulibaly')}`
    await must(change({ to: id('fatoumata.coulibaly') }))
    expect(await managerOf()).toBe(id('fatoumata.coulibaly'))
  })

  it('may still be the one of whom a complaint speaks', async () => {
    await away('hawa.maiga', null)
    const answers = { kind: 'conduct', about: id('hawa.maiga'), words: 'A demandé de l’argent' }
    const begin = `/api/v1/cases/${number}/actions/begin_procedure`
    await must(agent.post(begin, { procedure: 'ml-complaint', answers }))
    const begun = await api.here.db.sql`select 1 from runs r join cases c using (case_id)
      where c.number = ${number} and r.procedure = 'ml-complaint'`
    expect(begun).toHaveLength(1)
  })
})
