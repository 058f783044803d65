import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type InstalledApi, type Json, type Person, startApi } from '../installed-api.ts'
import { askPartner, followedCase, must, openCase, rows, today } from './clerk.ts'

let api: InstalledApi
let manager: Person
let supervisor: Person
let number: string
let asked: string
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  manager = await api.person('fatoumata.coulibaly')
  supervisor = await api.person('moussa.traore')
  number = await followedCase(await api.person('boubacar.dembele'), supervisor)
  asked = await askPartner(manager, number)
})
afterAll(() => api.end())

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

  it.each(['', '/timeline', '/timeline?limit=2', '/explain', '/clocks', '/notices', '/documents'])(
    '%s is not sent again when nothing has changed',
    async (screen) => {
      const path = `/api/v1/cases/${number}${screen}`
      const seen = { 'If-None-Match': (await must(manager.get(path))).headers.get('ETag') ?? 'none' }
      const again = await manager.get(path, seen)
      expect([again.status, again.text, again.headers.get('Content-Type')]).toEqual([304, '', null])
      expect((await manager.get(path, { ...seen, 'Accept-Language': 'en' })).status).toBe(
        screen === '/documents' ? 304 : 200,
      )
    },
  )

  it('is sent again once something has happened in it', async () => {
    const path = `/api/v1/cases/${number}/timeline`
    const seen = { 'If-None-Match': (await must(manager.get(path))).headers.get('ETag') ?? '' }
    await must(manager.post(`/api/v1/cases/${number}/actions/add_note`, { text: 'Appelée' }))
    expect((await manager.get(path, seen)).status).toBe(200)
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
    const desk = await api.person('boubacar.dembele')
    const unowned = await openCase(desk)
    expect(await listed(desk, '?owner=none')).toContain(unowned)
    expect(await listed(desk, '?owner=none')).not.toContain(number)
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

describe('notices', () => {
  it('say whom they told: a role, a partner or a person by name', async () => {
    const notices = rows(await must(manager.get(`/api/v1/cases/${number}/notices`)), '/items')
    const sent = notices.find((one) => String(one['about']).startsWith(asked))
    expect(sent).toMatchObject({ notice: 'assigned', to: { role: null, partner: 'CSRéf de Kayes', user: null } })
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
    const { sql } = api.here.db
    const ofCase = sql`where case_id = (select case_id from cases where number = ${number})`
    await sql`update open_steps set due = due - interval '4000 days' ${ofCase}`
    const seen = async (login: string) =>
      rows(await must((await api.person(login)).get('/api/v1/invariants')), '/invariants')[11]
    expect(await seen('ibrahim.toure')).toMatchObject({ id: 'I12', status: 'broken', count: 1, worst: [number] })
    expect(await seen('moussa.traore')).toMatchObject({ id: 'I12', status: 'broken', count: 1, worst: [] })
    await sql`update open_steps set due = due + interval '4000 days' ${ofCase}`
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
    expect(rows(partners, '/items').map((one) => one['id'])).toEqual([
      'csref-kayes',
      'hopital-kayes-exemple',
      'dispensaire-kayes-exemple',
    ])
    expect((await must(manager.get('/api/v1/lists/need_family'))).status).toBe(200)
    expect((await manager.get('/api/v1/lists/nothing')).status).toBe(404)
    const colleagues = await must(supervisor.get('/api/v1/users?role=case_manager&place=ml-kayes'))
    const fatoumata = rows(colleagues, '/items').find((one) => one['label'] === 'Fatoumata Coulibaly')
    expect(fatoumata).toMatchObject({ load: { open_cases: 1, late: 0 }, away: null })
  })

  it('lets lists that change seldom be kept for a day', async () => {
    const first = await must(manager.get('/api/v1/lists/need_family'))
    expect(first.headers.get('Cache-Control')).toBe('private, max-age=86400')
    const again = await manager.get('/api/v1/lists/need_family', { 'If-None-Match': first.headers.get('ETag') ?? '' })
    expect([again.status, again.text]).toEqual([304, ''])
    expect((await manager.get('/api/v1/lists/nothing')).headers.get('Cache-Control')).toBe('private, no-cache')
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
