import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
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
  ;[agent, manager, supervisor, stranger] = (await Promise.all(
    ['boubacar.dembele', 'fatoumata.coulibaly', 'moussa.traore', 'djeneba.sow'].map((login) => api.person(login)),
  )) as [Person, Person, Person, Person]
  number = await followedCase(api)
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
    expect(tag).toMatch(/^W\/"q[0-9a-f]+"$/)
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
    expect(accepted?.['then']).toBe('Ouvre : Rendez-vous')
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
    expect((await must(supervisor.get(`/api/v1/work/${asked}`))).body['draft']).toBeNull()
  })

  it('does not exist for a stranger, of a wrong round, or of no case', async () => {
    const bodies = []
    for (const path of [
      asked.replace(/1$/, '9'),
      `${number}.nothing-abc.answer.1`,
      'nonsense',
      '26-0000-000.a-b.c.1',
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
})

describe('a case', () => {
  it('shows its person, runs, open steps, consents, what may begin, and where to look further', async () => {
    const found = await must(manager.get(`/api/v1/cases/${number}`))
    expect(found.at('/person')).toMatchObject({ name: 'Awa Diarra', birth: '1994' })
    expect(found.at('/place/id')).toBe('ml-kayes')
    expect(found.at('/case_manager/label')).toBe('Vous')
    const mine = rows(found, '/open_steps').find((one) => one['id'] === asked)
    expect(mine?.['you_may_act']).toBe(true)
    expect(rows(found, '/consents').map((one) => one['state'])).toContain('given')
    const begins = rows(found, '/actions').flatMap((one) => (one['act'] === 'begin_procedure' ? [one['body']] : []))
    expect(begins).toContainEqual({ procedure: 'ml-referral' })
    for (const href of Object.values(found.at('/links') as Record<string, string>)) {
      expect((await manager.get(href)).status, href).toBe(200)
    }
  })

  it('is found by its number however it is typed', async () => {
    for (const typed of [number.replaceAll('-', ''), number.replaceAll('-', '%20')]) {
      expect((await must(manager.get(`/api/v1/cases/${typed}`))).body['number']).toBe(number)
    }
  })

  it('is listed for those whose place or case it is', async () => {
    const listed = async (person: Person, query = '') =>
      rows(await must(person.get(`/api/v1/cases${query}`)), '/items').map((row) => row['number'])
    expect(await listed(manager, '?owner=me')).toEqual([number])
    expect(await listed(supervisor, '?place=ml-kayes&status=open')).toContain(number)
    expect(await listed(supervisor, '?status=closed')).toEqual([])
    expect((await manager.get('/api/v1/cases?name=Awa')).body['code']).toBe('unknown_filter')
  })

  it('lists every clock that runs, with its arithmetic', async () => {
    const clocks = await must(manager.get(`/api/v1/cases/${number}/clocks`))
    const lapse = rows(clocks, '/items').find((one) => one['clock'] === `${asked}.lapses`)
    expect(lapse).toMatchObject({ kind: 'lapses', step: asked, state: 'on_time' })
    expect(lapse?.['arithmetic']).toContainEqual(expect.objectContaining({ text: expect.stringMatching(/^Échéance/) }))
  })

  it('agrees with its live state', async () => {
    const live = await must(manager.get(`/api/v1/cases/${number}/live`))
    expect(live.at('/differences')).toEqual([])
    expect(live.at('/agrees')).toBe(true)
    expect(rows(live, '/case/open_steps').map((one) => one['id'])).toContain(asked)
  })

  it('tells where the overview says otherwise than the live state', async () => {
    const item = asked.slice(number.length + 1)
    const [row] = await api.here.db.sql`update open_steps set owner = 'usr-nobody' where item = ${item} returning
      (select o.owner from open_steps o where o.item = ${item}) as owner`
    const live = await must(manager.get(`/api/v1/cases/${number}/live`))
    await api.here.db.sql`update open_steps set owner = ${row?.['owner']} where item = ${item}`
    expect(live.at('/agrees')).toBe(false)
    expect(live.at('/differences')).toEqual([
      { pointer: `/open_steps/${asked}/owner`, overview: 'usr-nobody', live: row?.['owner'] },
    ])
  })
})

describe('why a case waits', () => {
  it('is said with rule, source, version, arithmetic, and what comes by itself', async () => {
    const why = await must(supervisor.get(`/api/v1/cases/${number}/explain`))
    const one = rows(why, '/waiting').find((row) => row['step'] === asked)
    expect(one).toMatchObject({
      title: 'Réponse du prestataire',
      for: { kind: 'partner', label: 'CSRéf de Kayes' },
      owned_by: { label: 'Fatoumata Coulibaly' },
      rule: {
        text: '2 jours ouvrables à partir de l’ouverture de l’étape',
        procedure: 'ml-referral@1',
        step: 'answer',
      },
      blocked_by: [],
    })
    expect(rows(why, '/waiting').every((row) => (row['arithmetic'] as Json[]).length > 0)).toBe(true)
    expect(String(why.body['text'])).toMatch(/^Ce dossier attend « .+ » \(.+\) depuis le /)
    expect(rows(why, '/actions').map((act) => act['act'])).toContain('assign_step')
  })
})

describe('a timeline', () => {
  it('tells the newest first, who did it, and how it came', async () => {
    const told = await must(manager.get(`/api/v1/cases/${number}/timeline?limit=200`))
    const texts = rows(told, '/entries').map((entry) => entry['text'])
    expect(texts.at(-1)).toContain('dossier ouvert')
    expect(texts).toContain('Vous : « Envoi de la fiche » terminée — Fiche envoyée.')
    expect(rows(told, '/entries')[0]).toMatchObject({ by: { label: expect.any(String), id: expect.any(String) } })
    expect(rows(told, '/entries').some((entry) => entry['via'] === 'app')).toBe(true)
    expect(told.text).not.toContain('Awa')
  })

  it('goes on where a page ended, and begins where somebody last looked', async () => {
    const whole = rows(await must(manager.get(`/api/v1/cases/${number}/timeline?limit=200`)), '/entries')
    const first = await must(manager.get(`/api/v1/cases/${number}/timeline?limit=3`))
    const second = await must(manager.get(String(first.body['next'])))
    expect([...rows(first, '/entries'), ...rows(second, '/entries')]).toEqual(whole.slice(0, 6))
    const since = await must(manager.get(`/api/v1/cases/${number}/timeline?after=${String(whole[2]?.['id'])}`))
    expect(rows(since, '/entries')).toEqual(whole.slice(0, 2))
    const wrong = await manager.get(`/api/v1/cases/${number}/timeline?after=e-0000000000`)
    expect([wrong.status, wrong.body['code']]).toEqual([400, 'cursor_expired'])
  })
})

describe('the installation', () => {
  it('checks what must always be true', async () => {
    const national = await api.person('ibrahim.toure')
    const answer = await must(national.get('/api/v1/invariants'))
    expect(rows(answer, '/invariants').map((one) => one['id'])).toEqual(
      Array.from({ length: 13 }, (_, index) => `I${index + 1}`),
    )
    expect(rows(answer, '/invariants').filter((one) => one['holds'] !== true)).toEqual([])
    expect(answer.body['holds']).toBe(true)
  })

  it('says which invariant is broken and where, to those over the whole country only', async () => {
    await api.here.db.sql`update cases set next_wake = '2020-01-01' where number = ${number}`
    const seen = async (login: string) =>
      rows(await must((await api.person(login)).get('/api/v1/invariants')), '/invariants')[11]
    expect(await seen('ibrahim.toure')).toMatchObject({ id: 'I12', status: 'broken', count: 1, worst: [number] })
    expect(await seen('moussa.traore')).toMatchObject({ id: 'I12', status: 'broken', count: 1, worst: [] })
  })

  it('is healthy, for whoever asks', async () => {
    const health = await must(api.anonymous.get('/api/v1/health'))
    expect(health.body).toMatchObject({ status: 'ok', engine: 'ok', kind: 'training', business_date: today() })
  })

  it('lists places, roles, partners, code lists and colleagues', async () => {
    const kayes = await must(manager.get('/api/v1/places?under=ml-kayes'))
    expect(rows(kayes, '/items').map((one) => one['id'])).toContain('ml-kayes')
    expect(rows(await must(manager.get('/api/v1/roles')), '/items').length).toBeGreaterThan(5)
    const partners = await must(manager.get('/api/v1/partners?place=ml-kayes&family=health'))
    expect(rows(partners, '/items').map((one) => one['id'])).toEqual(['csref-kayes', 'hopital-kayes-exemple'])
    expect((await must(manager.get('/api/v1/lists/need_family'))).status).toBe(200)
    expect((await manager.get('/api/v1/lists/nothing')).status).toBe(404)
    const colleagues = await must(supervisor.get('/api/v1/users?role=case_manager&place=ml-kayes'))
    const fatoumata = rows(colleagues, '/items').find((one) => one['label'] === 'Fatoumata Coulibaly')
    expect(fatoumata).toMatchObject({ load: { open_cases: 1, late: 0 }, away: null })
  })

  it('says who carries how much, at my places only', async () => {
    const load = await must(supervisor.get('/api/v1/workload'))
    const places = new Set(rows(load, '/people').map((one) => (one['place'] as { id: string }).id))
    expect([...places]).toEqual(['ml-kayes'])
    const elsewhere = await must(supervisor.get('/api/v1/workload?place=ml-bamako'))
    expect(rows(elsewhere, '/people')).toEqual([])
  })

  it('publishes its procedures, and what each step takes as JSON Schema', async () => {
    const all = await must(manager.get('/api/v1/procedures'))
    expect(rows(all, '/items').map((one) => one['id'])).toContain('ml-referral')
    const one = await must(manager.get('/api/v1/procedures/ml-referral/1'))
    expect(one.at('/document/title/fr')).toBe('Référencement')
    const schema = await must(manager.get('/api/v1/procedures/ml-referral/1/schema'))
    expect(schema.at('/$defs/answer/properties/outcome/enum')).toEqual(['accepted', 'declined'])
    expect((await manager.get('/api/v1/procedures/ml-referral/99/schema')).status).toBe(404)
  })
})
