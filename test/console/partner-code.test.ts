/** Whoever was forwarded a link alone: it needs a code that goes another way, and it dies when it should. */

import { createHash, randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { createApi } from '../../api/app.ts'
import { forgetTries } from '../../database/queries/tries.ts'
import { type Answer, type InstalledApi, type Person, personOf, startApi } from '../api/installed-api.ts'
import { askPartner, followedCase, itemOf, must, SENT_TO, today } from '../api/screens/clerk.ts'
import { whatIsKept } from './what-is-kept.ts'

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
const send = (body: object): Promise<Answer> => partner.ask('POST', link, { body, headers: JSON_PLEASE })
const answering = async (outcome: string, answers: object, more: object = {}) => {
  const question = await must(read())
  return { ...(question.at('/send/body') as object), code, outcome, answers, ...more }
}
const form = (fields: Record<string, string>): Promise<Answer> =>
  partner.ask('POST', link, {
    body: new URLSearchParams(fields).toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' },
  })
const hidden = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''

describe('the code', () => {
  it('goes another way: it is neither in the link, nor on the page, nor in any log, and the manager is told whom to call', async () => {
    const made = await must(manager.ask('POST', `/api/v1/work/${asked}/link`))
    expect(made.body).toMatchObject({ code, call: '+223 70 00 00 01' })
    expect(code).toMatch(/^\d{6}$/)
    expect(String(made.body['url'])).not.toContain(code)
    const page = await partner.get(link)
    const logged = api.logged.join('').replaceAll(/"time":\d+/g, '')
    expect(`${page.text} ${(await read()).text} ${logged}`).not.toContain(code)
    expect(JSON.stringify(await api.here.db.sql`select * from partner_links`)).not.toContain(code)
  })

  it('is asked of whoever answers: a link that was forwarded alone changes nothing and tells nothing', async () => {
    const before = await whatIsKept(api.here.db)
    for (const wrong of ['', '000000', '999999'].filter((one) => one !== code)) {
      const answer = await send(await answering('accepted', { date: today() }, { code: wrong }))
      expect([answer.status, answer.body['code']]).toEqual([403, 'link_code_wrong'])
    }
    const page = (await partner.get(link)).text
    const by = { key: hidden(page, 'key'), basis: hidden(page, 'basis'), outcome: 'accepted', 'answers.date': today() }
    const answer = await form({ ...by, code: '12 34' })
    expect([answer.status, answer.text.includes('Ce n’est pas le code')]).toEqual([422, true])
    expect(await whatIsKept(api.here.db)).toEqual(before)
  })

  it('cannot be guessed: after a few tries every further one waits, the right one too', async () => {
    const tries = []
    for (let index = 0; index < 10; index += 1) {
      const body = await answering('accepted', { date: today() }, { code: String(index).repeat(6) })
      tries.push((await send(body)).body['code'])
    }
    expect(tries.at(-1)).toBe('too_many')
    const right = await send(await answering('accepted', { date: today() }))
    expect([right.status, right.body['code']]).toEqual([429, 'too_many'])
  })

  it('is counted by all processes together, and may be tried again when time has passed', async () => {
    const { here } = api
    const door = { ...here, sql: here.db.sql, ring: here.db.ring, log: pino({ level: 'silent' }) }
    const second = createApi({ ...door, installation: { kind: 'training', version: '0' }, realNow: () => Date.now() })
    const other = personOf(second, '', null)
    const sentBy = async (who: Person, more: object): Promise<Answer> =>
      who.ask('POST', link, { body: await answering('accepted', { date: today() }, more), headers: JSON_PLEASE })
    const codes = []
    for (const who of [partner, other, partner, other, partner, other, partner, other, partner, other])
      codes.push((await sentBy(who, { code: '12' })).body['code'])
    expect(codes).toEqual([...Array(8).fill('link_code_wrong'), 'too_many', 'too_many'])
    const late = await sentBy(other, {})
    expect([late.status, Number(late.headers.get('Retry-After'))]).toEqual([429, expect.closeTo(119, -1)])
    await here.db.sql`update tries set spent_until = spent_until - interval '2 minutes'`
    expect((await sentBy(other, {})).status).toBe(200)
    await here.db.sql`update tries set spent_until = spent_until - interval '1 hour'`
    expect(await forgetTries(here.db.sql)).toBeGreaterThan(0)
    expect(await here.db.sql`select 1 from tries`).toHaveLength(0)
  })

  it('is another for another referral', async () => {
    const other = await askPartner(manager, await followedCase(agent, supervisor))
    const made = await must(manager.ask('POST', `/api/v1/work/${other}/link`))
    expect(made.body['code']).not.toBe(code)
  })
})

describe('a link', () => {
  it('is dead from the day after the partner’s agreement has ended', async () => {
    const ends = (day: string | null) =>
      api.here.db.sql`update partners set agreement_until = ${day} where id = ${SENT_TO}`
    const [kept] = await api.here.db.sql`select agreement_until::text as day from partners where id = ${SENT_TO}`
    await ends(new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10))
    const answers = [await read(), await send({ key: randomUUID(), code, basis: 'x', outcome: 'accepted' })]
    await ends(kept?.['day'] ?? null)
    expect(answers.map((one) => [one.status, one.body['code']])).toEqual([
      [410, 'link_ended'],
      [410, 'link_ended'],
    ])
  })

  it('leads into no restricted run, whoever wrote it', async () => {
    const report = { procedure: 'ml-trafficking', answers: { report: 'Vu à la porte' } }
    await must(agent.post(`/api/v1/cases/${number}/actions/begin_procedure`, report))
    const focal = await api.person('oumou.sacko')
    const secret = await itemOf(focal, number, 'signs')
    expect((await focal.ask('POST', `/api/v1/work/${secret}/link`)).status).toBe(403)
    expect((await manager.ask('POST', `/api/v1/work/${secret}/link`)).status).toBe(404)
    const run = String(secret).split('.')[1] ?? ''
    await api.here.db.sql`update partner_links set run = ${run} where hash = ${digestOf(link.slice(3))}`
    expect([(await read()).status, (await read()).body['code']]).toEqual([410, 'link_ended'])
  })
})
const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex')
