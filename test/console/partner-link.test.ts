import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { type Answer, type InstalledApi, type Json, type Person, startApi } from '../api/installed-api.ts'
import { whatIsKept } from './what-is-kept.ts'
import { askPartner, complete, followedCase, itemOf, must, rows, SENT_TO, today } from '../api/screens/clerk.ts'

let api: InstalledApi
let agent: Person
let manager: Person
let supervisor: Person
let partner: Person
let number: string
let asked: string
let link: string
let code: string
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  agent = await api.person('boubacar.dembele')
  manager = await api.person('fatoumata.coulibaly')
  supervisor = await api.person('moussa.traore')
  partner = api.anonymous
})
afterAll(() => api.end())
beforeEach(async () => {
  number = await followedCase(agent, supervisor)
  asked = await askPartner(manager, number)
  const made = await must(manager.ask('POST', `/api/v1/work/${asked}/link`))
  link = new URL(String(made.body['url'])).pathname
  code = String(made.body['code'])
})

const JSON_PLEASE = { Accept: 'application/json' }
const read = () => partner.get(link, JSON_PLEASE)
const send = (body: object, headers: Record<string, string> = JSON_PLEASE): Promise<Answer> =>
  partner.ask('POST', link, { body, headers })
const answering = async (outcome: string, answers: object, more: object = {}) => {
  const question = await must(read())
  return { ...(question.at('/send/body') as object), code, outcome, answers, ...more }
}
const form = (fields: Record<string, string>): Promise<Answer> =>
  partner.ask('POST', link, {
    body: new URLSearchParams({ code, ...fields }).toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' },
  })
const hidden = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''

describe('a link', () => {
  it('is made by a case manager of that place, told once, and kept as a digest only', async () => {
    expect(link).toMatch(/^\/r\/[A-Za-z0-9_-]{22}$/)
    const kept = await api.here.db.sql`select hash, partner from partner_links`
    expect(JSON.stringify(kept)).not.toContain(link.slice(3))
    for (const login of ['moussa.traore', 'boubacar.dembele', 'hawa.maiga']) {
      const refused = await (await api.person(login)).ask('POST', `/api/v1/work/${asked}/link`)
      expect([403, 404]).toContain(refused.status)
    }
  })

  it('is made only for a step that asks a partner', async () => {
    const answer = await manager.ask('POST', `/api/v1/work/${asked.replace('.answer.', '.sending.')}/link`)
    expect([answer.status, answer.body['code']]).toEqual([409, 'step_not_open'])
  })

  it('shows what is asked, by when, and nothing about the person', async () => {
    const question = await must(read())
    expect(question.body).toMatchObject({
      title: 'Référencement',
      for: 'CSRéf de Kayes',
      call: '+223 70 00 00 91 (Kayes)',
      reference: number,
      asked: { title: 'Réponse du prestataire' },
      summary: [
        { label: 'Besoin', value: 'Santé' },
        { label: 'Délai souhaité', value: 'Trois jours' },
      ],
      send: { method: 'POST', href: link, fill: ['code', 'outcome', 'answers', 'absent', 'evidence'] },
    })
    expect(String(question.at('/asked/text'))).toMatch(/^Répondez avant le /)
    expect(rows(question, '/form/outcomes')).toEqual([
      { id: 'accepted', label: 'Accepté' },
      { id: 'declined', label: 'Décliné' },
    ])
    const page = await partner.get(link)
    for (const { text } of [question, page]) expect(text).not.toMatch(/Awa|Diarra|1994|\+223 70 00 00 00/)
  })

  it('changes nothing however often it is read, and leaves no trace of its secret', async () => {
    const head = async () => (await api.here.db.sql`select head_hash from cases where number = ${number}`)[0]
    const before = await head()
    api.logged.length = 0
    const kept = await whatIsKept(api.here.db)
    for (const headers of [{}, JSON_PLEASE, {}, { 'Accept-Language': 'en' }, { Purpose: 'prefetch' }])
      await must(partner.get(link, headers))
    for (const method of ['HEAD', 'OPTIONS', 'PUT', 'DELETE']) await partner.ask(method, link)
    expect(await head()).toEqual(before)
    expect(await whatIsKept(api.here.db)).toEqual(kept)
    expect(api.logged.join('')).toContain('"route":"/r/:token"')
    expect(api.logged.join('')).not.toContain(link.slice(3))
    const { headers } = await partner.get(link)
    expect(headers.get('Referrer-Policy')).toBe('no-referrer')
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'")
  })

  it('is 410 with a page when nobody made it', async () => {
    const page = await partner.get('/r/AAAAAAAAAAAAAAAAAAAAAA')
    expect(page.status).toBe(410)
    expect(page.headers.get('Content-Type')).toContain('text/html')
    expect(page.text).toContain('Ce lien n’est plus valable')
    const json = await partner.get('/r/AAAAAAAAAAAAAAAAAAAAAA', JSON_PLEASE)
    expect([json.status, json.body['code']]).toEqual([410, 'link_ended'])
    expect(json.body['call']).toBe('+223 70 00 00 90 (Mali)')
    expect(page.text).toContain('href="tel:+22370000090"')
  })
})

describe('an answer', () => {
  it('is recorded as the partner’s own, and is a proposal until the case manager has called them', async () => {
    const answer = await must(send(await answering('accepted', { date: today() })))
    expect(answer.body).toMatchObject({ status: 'recorded', next: null })
    const told = await must(manager.get(`/api/v1/cases/${number}/timeline?limit=50`))
    const entry = rows(told, '/entries').find(
      (one) => String(one['text']).includes('Réponse du prestataire') && one['kind'] === 'step_ended',
    )
    expect(entry).toMatchObject({
      text: 'CSRéf de Kayes : « Réponse du prestataire » terminée — Accepté.',
      by: { id: SENT_TO, label: 'CSRéf de Kayes' },
      via: 'link',
    })
    expect((await must(read())).body['status']).toBe('nothing_asked')
    await complete(manager, number, 'appointment', 'made', { date: today() })
    expect((await must(read())).at('/asked/title')).toBe('Service rendu')
  })

  it('counts once for one key, and the repeat is thanked too', async () => {
    const body = await answering('accepted', { date: today() })
    await must(send(body))
    const again = await must(send(body))
    expect(again.body['status']).toBe('recorded')
    const told = await must(manager.get(`/api/v1/cases/${number}/timeline?limit=200`))
    const ended = rows(told, '/entries').filter((one) => one['step'] === asked && one['kind'] === 'step_ended')
    expect(ended.length).toBe(1)
    expect(await itemOf(manager, number, 'appointment')).toBeDefined()
  })

  it('by form, from the page itself', async () => {
    const page = (await partner.get(link)).text
    const fields = {
      key: hidden(page, 'key'),
      basis: hidden(page, 'basis'),
      outcome: 'accepted',
      'answers.date': today(),
    }
    const answer = await form(fields)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.text).toContain('Merci, votre réponse est enregistrée')
    expect(answer.text).toContain('il montrera la suite')
  })

  it('that is not complete is said field by field, and the question stays', async () => {
    const page = (await partner.get(link)).text
    const answer = await form({ key: hidden(page, 'key'), basis: hidden(page, 'basis'), outcome: 'declined' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('Indiquez « Motif ».')
    expect(answer.text).toContain('<form method="post"')
    const json = await send(await answering('declined', {}))
    expect([json.status, json.body['code']]).toEqual([422, 'answers_invalid'])
    expect(json.at('/errors/0/pointer')).toBe('/answers/reason')
  })

  it('to what has changed meanwhile is not taken', async () => {
    const body = await answering('accepted', { date: today() }, { basis: 'seen-before' })
    const answer = await send(body)
    expect([answer.status, answer.body['code']]).toEqual([409, 'changed_since_seen'])
    expect(answer.body['basis']).toBe((await must(read())).at('/send/body/basis'))
  })

  it('cannot come twice: by telephone and by link', async () => {
    const body = await answering('accepted', { date: today() })
    await complete(manager, number, 'answer', 'accepted', {}, { via: 'phone', on_behalf_of: SENT_TO })
    const late = await send(body)
    expect([late.status, late.body['code']]).toEqual([409, 'step_not_open'])
  })

  it.each([
    ['no JSON', '{', 400, 'unreadable'],
    ['another member', { step: 'x' }, 400, 'unknown_member'],
    ['a key that is none', { key: 'abc' }, 400, 'key_not_uuid'],
    ['an outcome that only time gives', { outcome: 'silent' }, 422, 'answers_invalid'],
    ['a document of somebody else', { evidence: { sheet: [{ document: 'doc-1' }] } }, 400, 'unreadable'],
    ['far too much', { answers: { date: 'x'.repeat(300_000) } }, 413, 'too_large'],
  ])('with %s is refused', async (_what, more: string | object, status, code) => {
    const body = typeof more === 'string' ? more : await answering('accepted', { date: today() }, more)
    const headers = { ...JSON_PLEASE, 'Content-Type': 'application/json' }
    const answer = await partner.ask('POST', link, { body, headers })
    expect([answer.status, answer.body['code']], answer.text).toEqual([status, code])
  })
})

describe('the same link later', () => {
  it('is dead once the need was sent to somebody else', async () => {
    await must(send(await answering('declined', { reason: await firstReason() })))
    await complete(manager, number, 'provider', 'chosen', { to: 'hopital-kayes-exemple', rank: 2 })
    await complete(manager, number, 'sending', 'sent')
    const answer = await read()
    expect([answer.status, answer.body['code'], answer.body['call']]).toEqual([
      410,
      'link_ended',
      '+223 70 00 00 90 (Mali)',
    ])
  })

  it('is dead once consent is withdrawn, without saying so', async () => {
    const found = await must(manager.get(`/api/v1/cases/${number}`))
    const sharing = rows(found, '/consents').filter((one) => (one['purpose'] as { id: string }).id === 'sharing')
    for (const consent of sharing) {
      await must(manager.post(`/api/v1/cases/${number}/actions/withdraw_consent`, { consent: String(consent['id']) }))
    }
    const page = await partner.get(link)
    expect(page.status).toBe(410)
    expect(page.text).not.toMatch(/consent/i)
    const [kept] = await api.here.db.sql`select count(*)::int as live from partner_links l join cases c using (case_id)
      where c.number = ${number} and l.ended is null`
    expect(kept?.['live']).toBe(0)
    const sent = await api.here.db.sql`select o.notice, o.state from outbox o join cases c using (case_id)
      where c.number = ${number} and o.role = ${`partner:${SENT_TO}`} and o.state <> 'sent'`
    expect(sent.filter((one) => one['notice'] !== 'erase' && one['state'] === 'pending')).toEqual([])
    expect(sent.map((one) => one['notice'])).toContain('erase')
  })

  it('leaves in the case what was told, to whom and under what, to read in words', async () => {
    const found = await must(manager.get(`/api/v1/cases/${number}/disclosures`))
    const told = rows(found, '/items')
    expect(told.map((one) => (one['what'] as { label: string }[]).map(({ label }) => label))).toEqual([
      ['numéro du dossier', 'Famille de besoin'],
      ['numéro du dossier', 'Famille de besoin', 'Urgence', 'Motif', 'Résumé minimal'],
    ])
    expect(told[0]).toMatchObject({ to: { id: SENT_TO, label: 'CSRéf de Kayes' }, under: { kind: 'consent' } })
    const timeline = await must(manager.get(`/api/v1/cases/${number}/timeline?limit=50`))
    expect(timeline.text).toContain('Communiqué à CSRéf de Kayes (Partage avec un prestataire)')
    expect((await partner.get(`/api/v1/cases/${number}/disclosures`)).status).toBe(401)
    const checked = await must(manager.get('/api/v1/invariants'))
    expect(rows(checked, '/invariants').find((one) => one['id'] === 'I10')).toMatchObject({
      status: 'holds',
      checked_on: 'sample',
    })
  })

  it('waits while nothing is asked, and takes no answer', async () => {
    await must(send(await answering('declined', { reason: await firstReason() })))
    const answer = await must(read())
    expect(answer.body['status']).toBe('nothing_asked')
    const page = await partner.get(link)
    expect(page.text).toContain('Rien ne vous est demandé pour le moment')
    const late = await send({ key: randomUUID(), code, basis: 'x', outcome: 'accepted' })
    expect([late.status, late.body['code']]).toEqual([409, 'step_not_open'])
  })
})

async function firstReason(): Promise<Json> {
  const question = await must(read())
  const reason = rows(question, '/form/fields').find((one) => one['id'] === 'reason')
  const options = (reason?.['options'] ?? []) as { id: string }[]
  return options[0]?.id ?? ''
}
