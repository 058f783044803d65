/** Nobody who is not assigned can tell from any screen whether a restricted run exists. */

import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createApi } from '../../../api/app.ts'
import { depsFrom } from '../../../api/make-deps.ts'
import { countsOf } from '../../../api/screens/work-counts.ts'
import { countryOf, publish } from '../../../cli/start/first-run.ts'
import { type InstalledApi, type Person, personOf, startApi } from '../installed-api.ts'
import { complete, followedCase, itemOf, must, openCase, rows, today } from './clerk.ts'
import { pino } from 'pino'

let api: InstalledApi
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
})
afterAll(() => api.end())

/** Random ids and instants as if they were the same; everything else must be. */
const normalised = (text: string, number: string): string =>
  text
    .replaceAll(number, 'NUMBER')
    .replaceAll(/\b(reception|assessment|referral|trafficking)-[a-z0-9]{3}\b/g, '$1-RUN')
    .replaceAll(/\b(e|ntc|f|req|cst)-[0-9a-z]{4,12}\b/g, '$1-ID')
    .replaceAll(/"basis":"[0-9a-f]+"/g, '"basis":"BASIS"')
    .replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'INSTANT')
    .replaceAll(/\d{1,2} h( \d{2})?/g, 'HOUR')
    .replaceAll(/"took_ms":\d+/g, '"took_ms":0')

describe('a confidential report', () => {
  let plain: string
  let reported: string
  let focal: Person
  beforeAll(async () => {
    const agent = await api.person('boubacar.dembele')
    plain = await openCase(agent)
    reported = await openCase(agent)
    const begun = await must(
      agent.post(`/api/v1/cases/${reported}/actions/begin_procedure`, {
        procedure: 'ml-trafficking',
        answers: { report: 'Seen at the gate' },
      }),
    )
    expect(begun.body['status']).toBe('recorded')
    focal = await api.person('oumou.sacko')
  })

  it.each(['boubacar.dembele', 'modibo.sangare', 'mariam.doumbia', 'ibrahim.toure'])(
    'leaves no trace for %s on any screen of the case',
    async (login) => {
      const person = await api.person(login)
      const screens = async (number: string) => {
        const found = await must(person.get(`/api/v1/cases/${number}`))
        const links = Object.values(found.at('/links') as Record<string, string>)
        const items = rows(found, '/open_steps').map((row) => String(row['href']))
        const lists = [`/api/v1/work?case=${number}`, `/api/v1/work?scope=places&case=${number}`]
        const answers = await Promise.all([...links, ...items, ...lists].map((path) => must(person.get(path))))
        return [found, ...answers].map(({ text }) => normalised(text, number))
      }
      const [one, other] = [await screens(plain), await screens(reported)]
      expect(other).toEqual(one)
      expect(other.join()).not.toMatch(/Mise en sécurité|trafficking-/)
    },
  )

  it('is work for whoever may be assigned, with its case', async () => {
    const work = await must(focal.get('/api/v1/work'))
    const [row] = rows(work, '/items')
    expect(row).toMatchObject({ code: 'VDT-01', case: { number: reported } })
    const found = await must(focal.get(`/api/v1/cases/${reported}`))
    expect(rows(found, '/runs').map((run) => String(run['id']).split('-')[0])).toContain('trafficking')
  })

  it('is 404 by its own id for everybody else', async () => {
    const [row] = rows(await must(focal.get('/api/v1/work')), '/items')
    for (const login of ['boubacar.dembele', 'mariam.doumbia', 'ibrahim.toure']) {
      expect((await (await api.person(login)).get(String(row?.['href']))).status).toBe(404)
    }
  })
})

describe('what somebody reports in a field of their own step', () => {
  it('begins the restricted run, and is read back by nobody: not who wrote it, nor rank', async () => {
    const agent = await api.person('boubacar.dembele')
    const [focal, supervisor] = [await api.person('oumou.sacko'), await api.person('mariam.doumbia')]
    const triaged = async (signs: boolean): Promise<{ number: string; item: string }> => {
      const number = await openCase(agent)
      const item = (await itemOf(agent, number, 'triage')) ?? ''
      await complete(agent, number, 'triage', 'ours', { priority: 'none', signs })
      const again = { step: item, within: { amount: 2, unit: 'days' }, reason: 'Fiche perdue' }
      await must(supervisor.post(`/api/v1/cases/${number}/actions/reopen_step`, again))
      return { number, item: item.replace(/1$/, '2') }
    }
    const [quiet, reported] = [await triaged(false), await triaged(true)]
    expect(await itemOf(focal, reported.number, 'signs')).toBeDefined()
    for (const login of ['boubacar.dembele', 'mariam.doumbia', 'ibrahim.toure']) {
      const person = await api.person(login)
      const shown = async ({ item, number }: typeof quiet) => {
        const work = await must(person.get(`/api/v1/work/${item}`))
        return { text: normalised(work.text, number), before: work.at('/previous/answers') }
      }
      const [one, other] = [await shown(quiet), await shown(reported)]
      expect(other.before, login).toEqual({ priority: 'none' })
      expect(other.text, login).toBe(one.text)
    }
  })
})

describe('a complaint', () => {
  it('never reaches whom it is about, whatever they hold', async () => {
    const number = await followedCase(await api.person('boubacar.dembele'), await api.person('moussa.traore'))
    const wider = await countryWithGrievance(api)
    const door = {
      sql: api.here.db.sql,
      ring: api.here.db.ring,
      temporal: api.here.temporal,
      installation: { kind: 'training' as const, version: '0.1.0' },
      country: wider,
      log: pino({ level: 'silent' }),
      realNow: () => Date.now(),
    }
    const app = createApi(door)
    const person = async (login: string) => {
      const secret = api.here.signIns.find((one) => one.login === login)?.secret ?? ''
      const sent = { body: { user: login, secret } }
      const signed = await must(personOf(app, login, null).ask('POST', '/api/v1/tokens', sent))
      return personOf(app, login, String(signed.body['token']))
    }
    const [accused, colleague, manager] = await Promise.all(
      ['moussa.traore', 'nana.diakite', 'fatoumata.coulibaly'].map(person),
    )
    if (!accused || !colleague || !manager) throw new Error('nobody signed in')
    const before = await must(accused.get('/api/v1/overdue'))
    const me = String((await must(accused.get('/api/v1/me'))).at('/user/id'))
    const answers = { about: me, seen_on: today() }
    await must(manager.post(`/api/v1/cases/${number}/actions/begin_procedure`, { procedure: 'ml-grievance', answers }))

    const seenBy = async (one: Person) => (await must(one.get('/api/v1/work?scope=places'))).text
    expect(await seenBy(colleague)).toContain('grievance-')
    expect(await seenBy(accused)).not.toContain('grievance-')
    const counted = async (one: Person) =>
      (await must(one.get('/api/v1/work?scope=places'))).at('/counts') as Record<string, number>
    const [theirs, others] = [await counted(accused), await counted(colleague)]
    expect(Number(theirs['later']) + Number(theirs['due_today'])).toBe(
      Number(others['later']) + Number(others['due_today']) - 1,
    )
    const work = await must(accused.get('/api/v1/work'))
    const holds = [{ role: 'supervisor', place: 'ml-kayes', organisation: 'dgme', until: null }]
    const deps = depsFrom(door)
    const session = {
      ...(await deps.present()),
      user: me,
      name: '',
      token: '',
      holds,
      feeds: [],
      principal: { kind: 'user' as const, user: me, holds },
    }
    expect((await countsOf(deps, session)).mine).toBe(rows(work, '/items').length)
    expect((await must(accused.get('/api/v1/overdue'))).at('/counts')).toEqual(before.at('/counts'))
    expect((await must(accused.get(`/api/v1/cases/${number}/timeline`))).text).not.toMatch(/complaint|Plainte/)
  })
})

/** The published folder and one procedure more, as a ministry would add it. */
async function countryWithGrievance({ here }: InstalledApi) {
  const folder = mkdtempSync(join(tmpdir(), 'country-'))
  try {
    cpSync(resolve(import.meta.dirname, '../../../procedures/ml'), folder, { recursive: true })
    writeFileSync(join(folder, 'sops', 'grievance.yaml'), GRIEVANCE)
    const country = await countryOf(folder)
    await publish(here.db.sql, country)
    return country
  } finally {
    rmSync(folder, { recursive: true })
  }
}
const GRIEVANCE = `
procedure: ml-grievance
version: 1
title: { fr: Doléance, en: Grievance }
source: assumption
stage: reception
at: home
begins: [any_time by anyone]
inputs:
  about: { type: user, required: true, label: { fr: Personne visée, en: Whom it is about } }
  seen_on: { type: date, required: true, label: { fr: Date des faits, en: Date of the facts } }
visible_to: [supervisor, national_coordination]
hidden_from: input.about
restricted: grievance
escalation: [national_coordination]
ends: [hearing]
steps:
  - id: hearing
    title: { fr: Examen de la plainte, en: Hearing of the complaint }
    source: assumption
    restricted: grievance
    role: supervisor
    due: 5 working days
    outcomes:
      upheld: { label: { fr: Fondée, en: Upheld } }
      rejected: { label: { fr: Non fondée, en: Rejected } }
`
