import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { caseNumber } from '../../../cases/number.ts'
import { type InstalledApi, type Json, type Person, startApi } from '../installed-api.ts'
import { askPartner, complete, followedCase, itemOf, must, openCase, rows, today } from './clerk.ts'

let api: InstalledApi
let agent: Person
let manager: Person
let supervisor: Person
let stranger: Person
let number: string
let asked: string
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  agent = await api.person('boubacar.dembele')
  manager = await api.person('fatoumata.coulibaly')
  supervisor = await api.person('moussa.traore')
  stranger = await api.person('djeneba.sow')
  number = await followedCase(agent, supervisor)
  asked = await askPartner(manager, number)
})
afterAll(() => api.end())

describe('my work', () => {
  it('says what waits for me, why it is mine, for whom it is, and until when', async () => {
    const work = await must(manager.get('/api/v1/work'))
    const row = rows(work, '/items').find((one) => one['id'] === asked)
    expect(row).toMatchObject({
      code: 'REF-05',
      title: 'Réponse du prestataire',
      case: { number, person: 'Awa D., 1994' },
      waiting_for: { kind: 'partner', id: 'csref-kayes', label: 'CSRéf de Kayes' },
      deadline: { state: 'on_time' },
      href: `/api/v1/work/${asked}`,
    })
    expect(row?.['mine_because']).toBe('Vous suivez ce dossier')
    expect(rows(work, '/items').length).toBe(
      Number(work.at('/counts/late')) + Number(work.at('/counts/due_today')) + Number(work.at('/counts/later')),
    )
  })

  it('is answered 304 when nothing has changed', async () => {
    const first = await must(manager.get('/api/v1/work'))
    const tag = first.headers.get('ETag') ?? ''
    expect(tag).toMatch(/^W\/"[\w-]{16}"$/)
    const second = await manager.get('/api/v1/work', { 'If-None-Match': tag })
    expect([second.status, second.text]).toEqual([304, ''])
    const other = await manager.get('/api/v1/work', { 'If-None-Match': tag, 'Accept-Language': 'en' })
    expect(other.status).toBe(200)
  })

  it('is a list page by page, each row once, whose cursors are worth nothing to others', async () => {
    for (const _case of [1, 2, 3]) await openCase(agent)
    const seen: Json[] = []
    const pages: string[] = []
    for (let next: string | null = '/api/v1/work?limit=1'; next !== null;) {
      const page = await must(agent.get(next))
      seen.push(...rows(page, '/items').map((row) => row['id'] ?? ''))
      next = page.body['next'] as string | null
      if (next !== null) pages.push(next)
    }
    const whole = await must(agent.get('/api/v1/work?limit=200'))
    expect(seen).toEqual(rows(whole, '/items').map((row) => row['id']))
    expect(new Set(seen).size).toBe(seen.length)
    expect(pages.length).toBeGreaterThanOrEqual(2)
    const theirs = await supervisor.get(pages[0] ?? '')
    expect([theirs.status, theirs.body['code']]).toEqual([400, 'cursor_expired'])
    const forged = await agent.get('/api/v1/work?cursor=e30.abcdefabcdefabcd')
    expect(forged.body['code']).toBe('cursor_expired')
  })

  it('refuses a filter that does not exist, and names the nearest', async () => {
    const answer = await manager.get('/api/v1/work?proceduer=ml-referral')
    expect([answer.status, answer.body['code']]).toEqual([400, 'unknown_filter'])
    expect(answer.text).toContain('procedure')
    expect((await manager.get('/api/v1/work?limit=201')).status).toBe(400)
  })

  it('may be narrowed by place, procedure and step', async () => {
    const ids = async (query: string) =>
      rows(await must(supervisor.get(`/api/v1/work?scope=places&${query}`)), '/items')
    expect((await ids('procedure=ml-referral')).map((row) => row['id'])).toEqual([asked])
    expect(await ids('step=answer&place=ml-gao')).toEqual([])
    expect((await ids(`case=${number}&role=case_manager`)).map((row) => row['id'])).toEqual([asked])
    expect(await ids('stage=closure')).toEqual([])
  })

  it('has the same shape when it is overdue', async () => {
    const overdue = await must(supervisor.get('/api/v1/overdue'))
    expect(overdue.at('/counts/late')).toBe(0)
    expect(overdue.at('/items')).toEqual([])
  })
})

describe('a work item', () => {
  it('brings its form: labels, options, what is asked when, as data', async () => {
    const item = await must(manager.get(`/api/v1/work/${asked}`))
    expect(rows(item, '/form/outcomes').map((one) => one['id'])).toEqual(['accepted', 'declined'])
    const [reason, date] = rows(item, '/form/fields')
    expect(reason).toMatchObject({ id: 'reason', required: true, ask_when: { field: 'outcome', in: ['declined'] } })
    expect(reason?.['options']).toContainEqual({ id: expect.any(String), label: expect.any(String) })
    expect(date).toMatchObject({ id: 'date', type: 'date', ask_when: { field: 'outcome', in: ['accepted'] } })
    expect(rows(item, '/form/not_offered').map((one) => one['id'])).toEqual(['silent', 'exhausted'])
    expect(item.text).not.toContain("outcome == '")
  })

  it('says what each outcome opens, its deadline and its rule, and what happens if nobody acts', async () => {
    const item = await must(manager.get(`/api/v1/work/${asked}`))
    const [accepted, declined] = rows(item, '/form/outcomes')
    expect(accepted?.['then']).toBe('Ouvre : Rendez-vous confirmé')
    expect(declined?.['then']).toContain('Rouvre : Choix du prestataire')
    expect(item.at('/deadline/why')).toBe('2 jours ouvrables à partir de l’ouverture de l’étape')
    expect(item.at('/procedure/source')).toBeTypeOf('string')
    const texts = rows(item, '/if_nobody_acts').map((one) => one['text'])
    expect(texts).toContain('L’étape se termine par le temps : Sans réponse')
  })

  it('speaks English to whoever prefers it', async () => {
    const item = await must(manager.get(`/api/v1/work/${asked}`, { 'Accept-Language': 'en' }))
    expect(item.at('/title')).toBe("Provider's answer")
    expect(item.at('/deadline/why')).toBe('2 working days from the opening of the step')
  })

  it('shows a telephone number to whoever may call, and never in a list', async () => {
    const item = await must(manager.get(`/api/v1/work/${asked}`))
    expect(rows(item, '/shows')[0]?.['value']).toBe('+223 70 00 00 00')
    expect((await manager.get('/api/v1/work')).text).not.toContain('+223')
  })

  it('says where the number and the places of the person come from', async () => {
    const opening = { title: 'Accueil et premiers besoins', on: today() }
    const registration = { title: 'Consentement et enregistrement', on: today() }
    expect(rows(await must(manager.get(`/api/v1/work/${asked}`)), '/shows')).toEqual([
      { label: 'Téléphone', value: '+223 70 00 00 00', personal: true, from: opening },
      { label: "Centre d'accueil", value: 'Aéroport de Bamako-Sénou', from: opening },
      { label: 'Région de retour', value: 'Kayes', from: registration },
    ])
  })

  it('says what its reader may not do, why, and who may', async () => {
    const transport = (await itemOf(supervisor, number, 'admission')) ?? ''
    const seen = await must(supervisor.get(`/api/v1/work/${transport}`))
    const complete_ = rows(seen, '/not_now').find((one) => one['act'] === 'complete_step')
    expect(complete_).toMatchObject({ who: [{ role: { id: 'centre_head' }, people: [{ label: 'Modibo Sangaré' }] }] })
    expect(rows(seen, '/actions').map((one) => one['act'])).not.toContain('complete_step')
  })

  it('keeps a draft for its writer alone', async () => {
    await must(manager.ask('PUT', `/api/v1/work/${asked}/draft`, { body: { answers: { date: today() } } }))
    const mine = await must(manager.get(`/api/v1/work/${asked}`))
    expect(mine.at('/draft/answers/date')).toBe(today())
    const row = rows(await must(manager.get('/api/v1/work')), '/items').find((one) => one['id'] === asked)
    expect(row?.['draft']).toMatchObject({ by: { label: 'Vous' }, at: mine.at('/draft/at') })
    expect((await must(supervisor.get(`/api/v1/work/${asked}`))).body['draft']).toBeNull()
  })

  it('does not exist for a stranger, of a wrong round, or of no case', async () => {
    const bodies = []
    for (const path of [
      asked.replace(/1$/, '9'),
      `${number}.nothing-abc.answer.1`,
      'nonsense',
      `${caseNumber(2020, 0)}.a-b.c.1`,
    ]) {
      const answer = await manager.get(`/api/v1/work/${path}`)
      expect(answer.status).toBe(404)
      bodies.push({ ...answer.body, request: '' })
    }
    const elsewhere = await openCase(agent)
    const triage = await itemOf(agent, elsewhere, 'triage')
    const hidden = await stranger.get(`/api/v1/work/${triage}`)
    expect(hidden.status).toBe(404)
    expect(bodies.every((one) => JSON.stringify(one) === JSON.stringify({ ...hidden.body, request: '' }))).toBe(true)
  })
})

describe('a decision', () => {
  let decided: string
  let decision: string
  beforeAll(async () => {
    decided = await openCase(agent)
    await complete(
      agent,
      decided,
      'triage',
      'not_ours',
      { population: 'refugee' },
      { evidence: { triage_sheet: [{ paper: { kept_at: 'Classeur 4' } }] } },
    )
    await complete(agent, decided, 'refugee', 'not_received')
    decision = (await itemOf(await api.person('mariam.doumbia'), decided, 'population_check')) ?? ''
  })

  it('shows what is decided about: who submitted it, the answers in words, where the paper is', async () => {
    const mariam = await api.person('mariam.doumbia')
    const item = await must(mariam.get(`/api/v1/work/${decision}`))
    expect(item.at('/kind')).toBe('decision')
    expect(item.at('/about/0')).toMatchObject({
      title: 'Tri prioritaire',
      by: { label: 'Boubacar Dembélé' },
      on: today(),
    })
    const answers = rows(item, '/about/0/answers')
    expect(answers.find((one) => one['id'] === 'population')).toMatchObject({
      label: 'Population',
      text: 'Réfugié rapatrié',
    })
    expect(rows(item, '/about/0/documents')).toEqual([
      { evidence: 'triage_sheet', label: 'Fiche de tri', kept_at: 'Classeur 4' },
    ])
  })

  it('carries the basis that a decision needs', async () => {
    const mariam = await api.person('mariam.doumbia')
    const item = await must(mariam.get(`/api/v1/work/${decision}`))
    const act = rows(item, '/actions').find((one) => one['act'] === 'complete_step')
    expect(act).toMatchObject({ label: 'Décider', body: { step: decision, basis: item.at('/basis') } })
    const blind = await mariam.post(String(act?.['href']), { step: decision, outcome: 'ours' })
    expect([blind.status, blind.body['code']]).toEqual([409, 'changed_since_seen'])
  })

  it('on what was corrected meanwhile is refused, with what changed and the basis to decide on now', async () => {
    const mariam = await api.person('mariam.doumbia')
    const seen = String((await must(mariam.get(`/api/v1/work/${decision}`))).at('/basis'))
    const triage = await must(agent.get(`/api/v1/cases/${decided}/timeline`))
    const step = rows(triage, '/entries').find(
      (one) => one['kind'] === 'step_ended' && String(one['step']).includes('.triage.'),
    )?.['step']
    const corrections = rows(await must(agent.get(`/api/v1/work/${String(step)}`)), '/actions')
    expect(corrections).toMatchObject([{ act: 'correct_answer', body: { step } }])
    await must(
      agent.post(String(corrections[0]?.['href']), {
        step,
        answers: { population: 'transit' },
        reason: 'Mal entendu.',
      }),
    )
    const decides = { step: decision, outcome: 'ours', basis: seen }
    const stale = await mariam.post(`/api/v1/cases/${decided}/actions/complete_step`, decides)
    expect([stale.status, stale.body['code']]).toEqual([409, 'changed_since_seen'])
    expect(stale.body['changes']).toEqual([
      { id: 'population', label: 'Population', before: 'Réfugié rapatrié', after: expect.stringMatching(/transit/i) },
    ])
    const [since, ...more] = rows(stale, '/since')
    expect(more).toEqual([])
    expect(since).toMatchObject({ kind: 'answer_corrected', step, by: { label: 'Boubacar Dembélé' } })
    expect(String(since?.['text'])).toContain('réponse corrigée')
    expect(Date.parse(String(since?.['recorded']))).toBeGreaterThanOrEqual(Date.parse(String(since?.['happened'])))
    expect(stale.body['basis']).toBe((await must(mariam.get(`/api/v1/work/${decision}`))).at('/basis'))
  })

  it('is not undone by a correction of what it stood on: a preview says that its author is told', async () => {
    const mariam = await api.person('mariam.doumbia')
    const item = await must(mariam.get(`/api/v1/work/${decision}`))
    const decides = { step: decision, outcome: 'ours', basis: item.at('/basis') }
    await must(mariam.post(`/api/v1/cases/${decided}/actions/complete_step`, decides))
    const ended = rows(await must(agent.get(`/api/v1/cases/${decided}/timeline`)), '/entries').find((one) =>
      String(one['step']).includes('.triage.'),
    )?.['step']
    const body = { step: ended, answers: { population: 'refugee' }, reason: 'Mal entendu.' }
    const preview = `/api/v1/cases/${decided}/actions/correct_answer?preview=true`
    const told = async (language: string) =>
      rows(await must(agent.post(preview, body, { 'Accept-Language': language })), '/effects').map((one) => one['text'])
    const title = String(item.at('/title'))
    expect(await told('fr')).toContainEqual(
      expect.stringMatching(
        `^« ${title} » \\(Mariam Doumbia, .+\\) portait sur l’ancienne réponse : rien n’est défait`,
      ),
    )
    expect(await told('en')).toContainEqual(expect.stringMatching(/\(Mariam Doumbia, .+\) stood on the old answer/))
  })
})
