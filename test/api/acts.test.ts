import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { caseNumber } from '../../cases/number.ts'
import { type Answer, type RealApi, type Json, type Person, startRealApi } from './installed-api.ts'

let api: RealApi
let agent: Person
let head: Person
let stranger: Person
beforeAll(async () => {
  api = await startRealApi(inject('postgres'))
  await api.here.work()
  agent = await api.person('boubacar.dembele')
  head = await api.person('modibo.sangare')
  stranger = await api.person('fatoumata.coulibaly')
})
afterAll(() => api.end())

const today = () => new Date().toISOString().slice(0, 10)
const awa = (more: Record<string, unknown> = {}) => ({
  opening: 'ml-reception',
  place: 'senou',
  answers: { name: 'Awa Diarra', birth: '1994', arrived_on: today(), phone: '+223 70 00 00 00', ...more },
})
const triaged = (step: string, more: Record<string, unknown> = {}) => ({
  step,
  outcome: 'ours',
  answers: { priority: 'none' },
  ...more,
})
const itemNamed = (answer: Answer, step: string): string =>
  (answer.at('/opened') as { id: string }[]).map(({ id }) => id).find((id) => id.includes(`.${step}.`)) ?? ''

const openCase = async (): Promise<{ number: string; triage: string; answer: Answer }> => {
  const answer = await agent.post('/api/v1/cases', awa())
  expect(answer.status, answer.text).toBe(201)
  return { number: String(answer.body['number']), triage: itemNamed(answer, 'triage'), answer }
}
const act = (number: string, name: string) => `/api/v1/cases/${number}/actions/${name}`

describe('opening a case', () => {
  it('answers 201 with the number, where it is, and the steps that opened', async () => {
    const { number, answer, triage } = await openCase()
    expect(number).toMatch(/^\d{2}-\d{4}-\d{3}$/)
    expect(answer.headers.get('Location')).toBe(`/api/v1/cases/${number}`)
    expect(triage.startsWith(`${number}.reception-`)).toBe(true)
  })

  it('is one case however often the same key comes', async () => {
    const key = { 'Idempotency-Key': randomUUID() }
    const first = await agent.post('/api/v1/cases', awa(), key)
    const again = await agent.post('/api/v1/cases', awa(), key)
    expect(again.status).toBe(201)
    expect(again.body).toEqual(first.body)
    expect(again.headers.get('Idempotent-Replayed')).toBe('true')
    const other = await agent.post('/api/v1/cases', awa({ name: 'Ami Diarra' }), key)
    expect(other.status).toBe(422)
    expect(other.body['code']).toBe('key_reused')
  })

  it('refuses wrong inputs with every error at once and leaves nothing behind', async () => {
    const count = async () => (await api.here.db.sql`select count(*)::int as n from cases`)[0]?.['n']
    const before = await count()
    const answer = await agent.post('/api/v1/cases', {
      ...awa(),
      answers: { birth: '94', arrived_on: 'today', sex: 'x', nickname: 'A' },
    })
    expect(answer.status).toBe(422)
    const pointers = (answer.at('/errors') as { pointer: string }[]).map((error) => error.pointer).toSorted()
    expect(pointers).toEqual([
      '/answers/arrived_on',
      '/answers/birth',
      '/answers/name',
      '/answers/nickname',
      '/answers/sex',
    ])
    expect(await count()).toBe(before)
  })

  it('belongs to the place of whoever opens it', async () => {
    const answer = await stranger.post('/api/v1/cases', awa())
    expect(answer.status).toBe(403)
    expect(answer.body['code']).toBe('place_required')
    expect(answer.at('/who/0/people/0/label')).toBeTypeOf('string')
  })
})

describe('completing a step', () => {
  it('answers what ended and what opened, recorded before the answer', async () => {
    const { number, triage } = await openCase()
    const answer = await agent.post(act(number, 'complete_step'), triaged(triage, { via: 'phone' }))
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body['status']).toBe('recorded')
    expect(answer.at('/ended/0/id')).toBe(triage)
    expect(answer.at('/ended/0/outcome/label')).toBeTypeOf('string')
    expect((answer.at('/opened') as Json[]).length).toBeGreaterThan(0)
    const [gone] = await api.here.db.sql`select 1 from open_steps o join cases c using (case_id)
      where c.number = ${number} and o.item like ${'%.triage.%'}`
    expect(gone).toBeUndefined()
  })

  it('answers the same to the same key, and refuses the key for other content', async () => {
    const { number, triage } = await openCase()
    const key = { 'Idempotency-Key': randomUUID() }
    const first = await agent.post(act(number, 'complete_step'), triaged(triage), key)
    const again = await agent.post(act(number, 'complete_step'), triaged(triage), key)
    expect(again.status).toBe(200)
    expect(again.body).toEqual(first.body)
    expect(first.headers.get('Idempotent-Replayed')).toBeNull()
    expect(again.headers.get('Idempotent-Replayed')).toBe('true')
    const other = await agent.post(act(number, 'complete_step'), triaged(triage, { via: 'paper' }), key)
    expect(other.status).toBe(422)
    expect(other.body['code']).toBe('key_reused')
    expect(String(other.body['first'])).toContain(key['Idempotency-Key'])
    expect(other.body['detail']).toMatch(/^Clé utilisée le .+ : « Étape terminée — Tri prioritaire : migrant malien/)
  })

  it('counts once when the same key comes five times at once', async () => {
    const { number, triage } = await openCase()
    const key = { 'Idempotency-Key': randomUUID() }
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(() => agent.post(act(number, 'complete_step'), triaged(triage), key)),
    )
    for (const answer of answers) expect(answer.body).toEqual(answers[0]?.body)
    expect(answers[0]?.status).toBe(200)
    const rows = await api.here.db.sql`select 1 from case_actions a join cases c using (case_id)
      where c.number = ${number} and a.act = 'complete_step'`
    expect(rows.length).toBe(1)
  })

  it('does not take another content for the same key, even while the first is under way', async () => {
    const { number, triage } = await openCase()
    const key = { 'Idempotency-Key': randomUUID() }
    const [one, two] = await Promise.all([
      agent.post(act(number, 'complete_step'), triaged(triage), key),
      agent.post(act(number, 'complete_step'), triaged(triage, { via: 'paper' }), key),
    ])
    expect([one?.status, two?.status].toSorted()).toEqual([200, 422])
  })

  it('says all that is wrong at once, keeps the answers as a draft and never repeats a personal value', async () => {
    const { number, triage } = await openCase()
    const answer = await agent.post(act(number, 'complete_step'), {
      step: triage,
      outcome: 'finished',
      answers: { priority: 'kings', nickname: 'Secret Diarra' },
    })
    expect(answer.status).toBe(422)
    expect(answer.body['kept_as_draft']).toBe(true)
    expect(answer.body['detail']).toBe('3 points à corriger. Ce que vous avez saisi est gardé en brouillon.')
    const pointers = (answer.at('/errors') as { pointer: string }[]).map((error) => error.pointer).toSorted()
    expect(pointers).toEqual(['/answers/nickname', '/answers/priority', '/outcome'])
    expect(answer.text).not.toContain('Secret Diarra')
    const drafts = await api.here.db.sql`select 1 from drafts d join cases c using (case_id) where c.number = ${number}`
    expect(drafts.length).toBe(1)
  })

  it('is refused to who does not know the case, as if there were none', async () => {
    const { number, triage } = await openCase()
    const hidden = await stranger.post(act(number, 'complete_step'), triaged(triage))
    const nobodys = caseNumber(2020, 0)
    const absent = await stranger.post(act(nobodys, 'complete_step'), triaged(`${nobodys}.x-abc.triage.1`))
    expect(hidden.status).toBe(404)
    const { request: _a, ...hiddenBody } = hidden.body
    const { request: _b, ...absentBody } = absent.body
    expect(hiddenBody).toEqual(absentBody)
  })

  it('tells that a colleague was faster', async () => {
    const { number, triage } = await openCase()
    await head.post(act(number, 'complete_step'), triaged(triage))
    const late = await agent.post(act(number, 'complete_step'), triaged(triage))
    expect(late.status).toBe(409)
    expect(late.body['code']).toBe('step_ended')
    expect(late.at('/since/0')).toMatchObject({
      by: { label: 'Modibo Sangaré' },
      outcome: { id: 'ours', label: 'Migrant malien de retour' },
    })
    const [happened, recorded] = [late.at('/since/0/happened'), late.at('/since/0/recorded')].map(String)
    expect(Date.parse(recorded ?? '')).toBeGreaterThanOrEqual(Date.parse(happened ?? ''))
    expect(late.body['kept_as_draft']).toBe(true)
    expect(late.at('/actions/0')).toMatchObject({ act: 'correct_answer', body: { step: triage } })
  })

  it('hands out a key when there is none, and that key works', async () => {
    const { number, triage } = await openCase()
    const body = triaged(triage)
    const missing = await agent.ask('POST', act(number, 'complete_step'), { body })
    expect(missing.status).toBe(400)
    expect(missing.body['code']).toBe('key_missing')
    const headers = { 'Idempotency-Key': String(missing.body['use']) }
    expect((await agent.ask('POST', act(number, 'complete_step'), { body, headers })).status).toBe(200)
    const wrong = await agent.ask('POST', act(number, 'complete_step'), { body, headers: { 'Idempotency-Key': 'abc' } })
    expect(wrong.body['code']).toBe('key_not_uuid')
  })

  it('may be previewed: the same parts, without a key, and nothing is recorded', async () => {
    const { number, triage } = await openCase()
    const preview = await agent.ask('POST', `${act(number, 'complete_step')}?preview=true`, { body: triaged(triage) })
    expect(preview.status, preview.text).toBe(200)
    expect(preview.body['status']).toBe('preview')
    expect(preview.at('/ended/0/id')).toBe(triage)
    const effects = preview.at('/effects') as { kind: string; text: string }[]
    expect(effects[0]).toEqual({
      kind: 'step_ended',
      text: '« Tri prioritaire » se termine : Migrant malien de retour.',
    })
    const opens = effects.filter(({ kind }) => kind === 'step_opened')
    expect(opens.length).toBe((preview.at('/opened') as unknown[]).length)
    expect(opens[0]?.text).toMatch(/^« .+ » s’ouvre pour : .+ ; échéance : .+\.$/)
    expect((await agent.post(act(number, 'complete_step'), triaged(triage))).status).toBe(200)
  })

  it('answers little when little is preferred', async () => {
    const { number, triage } = await openCase()
    const answer = await agent.post(act(number, 'complete_step'), triaged(triage), { Prefer: 'return=minimal' })
    expect(Object.keys(answer.body).toSorted()).toEqual(['act', 'key', 'opened', 'status'])
    expect(answer.headers.get('Preference-Applied')).toBe('return=minimal')
  })

  it('answers as little to a key that it knows', async () => {
    const { number, triage } = await openCase()
    const headers = { 'Idempotency-Key': randomUUID(), Prefer: 'return=minimal' }
    const first = await agent.post(act(number, 'complete_step'), triaged(triage), headers)
    const again = await agent.post(act(number, 'complete_step'), triaged(triage), headers)
    expect(again.headers.get('Idempotent-Replayed')).toBe('true')
    expect(again.headers.get('Preference-Applied')).toBe('return=minimal')
    expect(again.body).toEqual(first.body)
    const receipt = await agent.get(act(number, headers['Idempotency-Key']), { Prefer: 'return=minimal' })
    expect(receipt.body).toEqual(first.body)
  })

  it('says what made a field required, and why another is not asked', async () => {
    const { number, triage } = await openCase()
    const foreign = await agent.post(act(number, 'complete_step'), {
      step: triage,
      outcome: 'not_ours',
      answers: { priority: 'none' },
    })
    expect(foreign.at('/errors/0')).toMatchObject({
      pointer: '/answers/population',
      code: 'required',
      because: "résultat : relève d'une autre procédure",
    })
    const ours = await agent.post(
      act(number, 'complete_step'),
      { step: triage, outcome: 'ours', answers: { priority: 'none', population: 'transit' } },
      { 'Accept-Language': 'en' },
    )
    expect(ours.at('/errors/0')).toMatchObject({
      pointer: '/answers/population',
      code: 'not_asked',
      because: 'asked only with outcome: belongs to another procedure',
    })
    const none = await agent.post(act(number, 'complete_step'), { step: triage, outcome: 'ours', answers: {} })
    expect(none.at('/errors/0/because')).toMatch(/^règle : ./)
  })

  it('believes a day before the opening in no case', async () => {
    const { number, triage } = await openCase()
    const answer = await agent.post(act(number, 'complete_step'), triaged(triage, { happened: '2020-01-01' }))
    expect(answer.status).toBe(422)
    expect(answer.at('/errors/0/code')).toBe('happened_unbelievable')
  })
})

describe('accepted, not yet recorded', () => {
  it('answers 202 with a receipt that can be waited for', async () => {
    const { number, triage } = await openCase()
    const key = randomUUID()
    const answer = await agent.post(act(number, 'complete_step'), triaged(triage), {
      'Idempotency-Key': key,
      Prefer: 'respond-async',
    })
    expect(answer.status, answer.text).toBe(202)
    expect(answer.headers.get('Location')).toBe(act(number, key))
    const receipt = await agent.get(act(number, key), { Prefer: 'wait=25' })
    expect(receipt.status, receipt.text).toBe(200)
    expect(receipt.body['status']).toBe('recorded')
    expect(receipt.at('/ended/0/id')).toBe(triage)
  })

  it('knows nothing of a key that never arrived, nor of another’s', async () => {
    const { number, triage } = await openCase()
    expect((await agent.get(act(number, randomUUID()))).status).toBe(404)
    const key = randomUUID()
    await agent.post(act(number, 'complete_step'), triaged(triage), { 'Idempotency-Key': key })
    expect((await agent.get(act(number, key))).status).toBe(200)
    expect((await head.get(act(number, key))).status).toBe(404)
  })
})
