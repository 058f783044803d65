import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { type Answer, type InstalledApi, type Person, startApi } from './installed-api.ts'

let api: InstalledApi
let agent: Person
let head: Person
beforeAll(async () => {
  api = await startApi(inject('postgres'))
  await api.here.work()
  agent = await api.person('boubacar.dembele')
  head = await api.person('modibo.sangare')
})
afterAll(() => api.end())

let number: string
let triage: string
beforeEach(async () => {
  const opened = await agent.post('/api/v1/cases', {
    opening: 'ml-reception',
    place: 'senou',
    answers: { name: 'Awa Diarra', arrived_on: new Date().toISOString().slice(0, 10), phone: '+223 70 00 00 00' },
  })
  number = String(opened.body['number'])
  triage = String(opened.at('/opened/0/id'))
})

const act = (by: Person, name: string, body: unknown): Promise<Answer> =>
  by.post(`/api/v1/cases/${number}/actions/${name}`, body)
const done = async (by: Person, name: string, body: unknown): Promise<Answer> => {
  const answer = await act(by, name, body)
  expect(answer.status, answer.text).toBe(200)
  return answer
}
const finishTriage = () =>
  done(agent, 'complete_step', { step: triage, outcome: 'ours', answers: { priority: 'none' } })

describe('a preview of a correction', () => {
  const preview = (name: string, body: object) => act(agent, `${name}?preview=true`, body)

  it('tells what would be different, records nothing, and is confirmed by its own act', async () => {
    await finishTriage()
    const body = { step: triage, answers: { priority: 'family' }, reason: 'Erreur de saisie' }
    const seen = await preview('correct_answer', body)
    expect([seen.status, seen.body['status']]).toEqual([200, 'preview'])
    const [before, after] = ['Aucune priorité', 'Famille avec enfants']
    expect(seen.at('/changes')).toEqual([{ id: 'priority', label: 'Groupe prioritaire', before, after }])
    expect(seen.at('/confirm')).toEqual({
      act: 'correct_answer',
      label: 'Confirmer',
      method: 'POST',
      href: `/api/v1/cases/${number}/actions/correct_answer`,
      body: { step: triage },
      fill: ['answers', 'reason'],
    })
    expect((await preview('correct_answer', body)).at('/changes')).toEqual(seen.at('/changes'))
    await done(agent, 'correct_answer', body)
    const same = await preview('correct_answer', body)
    expect(same.at('/changes')).toBeUndefined()
  })

  it('of any other act changes no answer', async () => {
    const seen = await preview('add_note', { step: triage, text: 'Sa sœur attend' })
    expect(seen.at('/changes')).toBeUndefined()
    expect(seen.at('/effects')).toEqual([])
    expect(seen.at('/confirm/fill')).toEqual(['text'])
    expect(seen.text).not.toContain('Sa sœur')
  })
})

describe('a correction', () => {
  it('of an answer changes what was said, by whom it was said', async () => {
    await finishTriage()
    const corrected = await done(agent, 'correct_answer', {
      step: triage,
      answers: { priority: 'family' },
      reason: 'Erreur',
    })
    expect(corrected.body['text']).toContain('Tri prioritaire')
    const wrong = await act(agent, 'correct_answer', { step: triage, answers: { priority: 'kings' }, reason: 'Erreur' })
    expect([wrong.status, wrong.at('/errors/0/pointer')]).toEqual([422, '/answers/priority'])
  })

  it('of the opening sets right who somebody is and when they came, in lists and in what is counted', async () => {
    await finishTriage()
    const due = async (): Promise<number> => {
      const [row] = await api.here.db.sql`select due from open_steps s join cases c using (case_id)
        where c.number = ${number} and s.step = 'registration'`
      return Number(row?.['due'])
    }
    const before = await due()
    const day = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10)
    const answers = { name: 'Aïssata Maïga', phone: '70 00 00 01', arrived_on: day }
    const corrected = await done(agent, 'correct_opening', { answers, reason: 'Mal entendu' })
    expect(corrected.body['text']).toBe('Renseignements de départ corrigés.')
    const shown = await agent.get(`/api/v1/cases/${number}`)
    expect([shown.at('/person/name'), shown.text.includes('Mal entendu')]).toEqual(['Aïssata Maïga', false])
    expect(await due()).toBe(before - 2 * 86_400_000)
    const wrong = await act(agent, 'correct_opening', { answers: { phone: 7, household: 'x'.repeat(11) }, reason: 'x' })
    expect([wrong.status, wrong.text.includes('Téléphone')]).toEqual([422, true])
    expect((await act(head, 'correct_opening', { answers: { name: 'X' }, reason: 'x' })).status).toBe(403)
  })
})

describe('a step that ended by mistake', () => {
  it('is done again when a supervisor asks for it, with what was answered, a time and a reason', async () => {
    await finishTriage()
    const supervisor = await api.person('mariam.doumbia')
    const body = { step: triage, within: { amount: 2, unit: 'working_days' }, reason: 'Mauvaise fiche' }
    expect((await act(agent, 'reopen_step', body)).body['code']).toBe('role_required')
    const ended = await supervisor.get(`/api/v1/work/${triage}`)
    expect((ended.at('/actions') as { act: string }[]).map((one) => one.act)).toContain('reopen_step')
    const again = await done(supervisor, 'reopen_step', body)
    expect(again.body['text']).toBe('Étape rouverte — Tri prioritaire.')
    const round2 = triage.replace(/1$/, '2')
    expect(again.at('/opened/0/id')).toBe(round2)
    const item = await agent.get(`/api/v1/work/${round2}`)
    expect([item.at('/state'), item.at('/previous/answers/priority')]).toEqual(['open', 'none'])
    expect((await act(supervisor, 'reopen_step', body)).body['code']).toBe('step_not_open')
  })
})
