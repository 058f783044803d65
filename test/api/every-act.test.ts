import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { type Answer, type RealApi, type Person, startRealApi } from './installed-api.ts'
import { inDays } from './screens/clerk.ts'

let api: RealApi
let agent: Person
let head: Person
let supervisor: Person
let coordinator: Person
beforeAll(async () => {
  api = await startRealApi(inject('postgres'))
  await api.here.work()
  agent = await api.person('boubacar.dembele')
  head = await api.person('modibo.sangare')
  supervisor = await api.person('mariam.doumbia')
  coordinator = await api.person('seydou.ba')
})
afterAll(() => api.end())

const PAPER = [{ paper: { kept_at: 'Classeur bleu' } }]
const ADMITTED = {
  outcome: 'done',
  answers: { bed: true, meals: true },
  evidence: { signed_slip: PAPER },
}
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
  expect(answer.body['status']).toBe('recorded')
  return answer
}
const userId = async (login: string): Promise<string> =>
  String((await api.here.db.sql`select id from users where login = ${login}`)[0]?.['id'])
const finishTriage = () =>
  done(agent, 'complete_step', { step: triage, outcome: 'ours', answers: { priority: 'none' } })
describe('every act', () => {
  it('add_note keeps the text sealed, and only its digest in the ledger and the engine', async () => {
    await done(agent, 'add_note', { step: triage, text: 'Sa sœur Fanta attend dehors' })
    await done(agent, 'add_note', { text: 'Sans étape' })
    const [row] = await api.here.db.sql`select p.sealed from personal_answers p join cases c using (case_id)
      where c.number = ${number} and field = 'note' and item <> ''`
    expect(Buffer.from(row?.['sealed']).toString('latin1')).not.toContain('Fanta')
  })

  it('assign_step and delegate name somebody who exists', async () => {
    const wrong = await act(supervisor, 'assign_step', { step: triage, to: 'usr-nobody' })
    expect([wrong.status, wrong.at('/errors/0/pointer')]).toEqual([422, '/to'])
    const given = await done(supervisor, 'assign_step', {
      step: triage,
      to: await userId('kadiatou.sissoko'),
      reason: 'Congé',
    })
    expect(given.at('/notices/0/to/label')).toBe('Kadiatou Sissoko')
    await done(agent, 'delegate', { step: triage, to: await userId('modibo.sangare') })
    const notMine = await act(agent, 'assign_step', { step: triage, to: await userId('modibo.sangare') })
    expect([notMine.status, notMine.body['code']]).toEqual([403, 'role_required'])
    expect(notMine.at('/who/0/people/0/label')).toBe('Mariam Doumbia')
  })

  it('override_step needs a second person to countersign', async () => {
    const body = {
      step: triage,
      outcome: 'ours',
      answers: { priority: 'none' },
      reason: 'Fiche perdue',
      cause: 'done_otherwise',
    }
    await done(supervisor, 'override_step', body)
    const same = await act(supervisor, 'countersign', { step: triage })
    expect([same.status, same.body['code']]).toEqual([403, 'second_person_required'])
    const signed = await done(coordinator, 'countersign', { step: triage })
    expect(signed.at('/ended/0/id')).toBe(triage)
    const counted = await supervisor.get('/api/v1/overrides')
    expect(counted.at('/items/0')).toMatchObject({
      step: { id: 'triage' },
      procedure: { id: 'ml-reception' },
      causes: [{ cause: { label: 'Déjà fait autrement' } }],
    })
    expect(counted.text).not.toContain('Fiche perdue')
    expect((await agent.get('/api/v1/overrides')).status).toBe(403)
  })

  it('extend_clock moves a deadline within its bounds', async () => {
    await finishTriage()
    const admission = await openNamed('admission')
    await done(head, 'complete_step', { step: admission, ...ADMITTED })
    const talk = await openNamed('short_interview')
    const heard = { step: talk, outcome: 'done', answers: { understood: true, vulnerable: false } }
    await done(agent, 'complete_step', { ...heard, evidence: { interview_sheet: PAPER } })
    const cash = { step: await openNamed('arrival_cash'), outcome: 'paid', answers: { amount: 52_000, mode: 'cash' } }
    await done(await api.person('ramata.cisse'), 'complete_step', { ...cash, evidence: { receipt: PAPER } })
    const transport = await openNamed('onward_transport')
    const clock = `${transport}.due`
    const extended = await done(supervisor, 'extend_clock', {
      clock,
      by: { amount: 5, unit: 'days' },
      reason: 'Route coupée',
    })
    expect(extended.at('/clocks/0/id')).toBe(clock)
    expect(Date.parse(String(extended.at('/clocks/0/at')))).toBeGreaterThan(
      Date.parse(String(extended.at('/clocks/0/before'))),
    )
    const more = await act(supervisor, 'extend_clock', { clock, by: { amount: 26, unit: 'days' }, reason: 'Encore' })
    expect([more.status, more.body['code']]).toEqual([409, 'limit_reached'])
    expect(more.body['limit']).toEqual({ used: 5, most: 30, unit: 'days' })
    expect((await act(agent, 'extend_clock', { clock, by: { amount: 1, unit: 'days' }, reason: 'Moi' })).status).toBe(
      403,
    )
  })

  it('suspend holds every step, and resume lets them go', async () => {
    await finishTriage()
    await done(supervisor, 'suspend', { review_on: inDays(180), reason: 'Hospitalisée' })
    const admission = await openNamed('admission')
    const held = await act(head, 'complete_step', {
      step: admission,
      ...ADMITTED,
    })
    expect([held.status, held.body['code']]).toEqual([409, 'on_hold'])
    await done(supervisor, 'resume', {})
    await done(head, 'complete_step', { step: admission, ...ADMITTED })
  })

  it('record_consent and withdraw_consent', async () => {
    await done(agent, 'record_consent', {
      purpose: 'services',
      state: 'given',
      form: 'oral',
      language: 'bm',
      until: '2027-10-30',
    })
    const gone = await done(agent, 'withdraw_consent', { consent: 'services-1' })
    expect(gone.body['text']).toBe('Retrait du consentement noté.')
    expect((await act(agent, 'withdraw_consent', { consent: 'services-1' })).status).toBe(404)
  })

  it('begin_procedure asks for its inputs, and its role', async () => {
    const begun = await done(agent, 'begin_procedure', { procedure: 'ml-health' })
    expect((begun.at('/opened') as unknown[]).length).toBeGreaterThan(0)
    expect((await act(agent, 'begin_procedure', { procedure: 'ml-nothing' })).status).toBe(404)
    expect((await act(agent, 'begin_procedure', { procedure: 'ml-suspension' })).status).toBe(403)
  })

  it('begin_procedure of what is hidden is answered as received, and shows nothing', async () => {
    const reported = await done(agent, 'begin_procedure', { procedure: 'ml-trafficking' })
    expect(reported.body['opened']).toEqual([])
    expect(reported.text).not.toMatch(/traffick|traite/i)
  })

  it('change_case_manager gives the case to another', async () => {
    const to = await userId('hawa.maiga')
    await done(supervisor, 'change_case_manager', { to, reason: 'Trop de dossiers' })
    const [row] = await api.here.db.sql`select case_manager from cases where number = ${number}`
    expect(row?.['caseManager']).toBe(to)
  })

  it('shows its effects first to whoever asks for a preview', async () => {
    const body = { to: await userId('hawa.maiga') }
    const preview = await supervisor.ask('POST', `/api/v1/cases/${number}/actions/change_case_manager?preview=true`, {
      body,
    })
    expect([preview.status, preview.body['status']]).toEqual([200, 'preview'])
    const [row] = await api.here.db.sql`select case_manager from cases where number = ${number}`
    expect(row?.['caseManager']).toBeNull()
  })
})

describe('a draft', () => {
  it('is kept sealed, and forgotten once the step is done', async () => {
    const href = `/api/v1/work/${triage}/draft`
    const kept = await agent.ask('PUT', href, { body: { answers: { priority: 'Fanta' } } })
    expect(kept.status, kept.text).toBe(204)
    const drafts = () =>
      api.here.db.sql`select d.sealed from drafts d join cases c using (case_id) where c.number = ${number}`
    expect(Buffer.from((await drafts())[0]?.['sealed']).toString('latin1')).not.toContain('Fanta')
    await finishTriage()
    expect((await drafts()).length).toBe(0)
    expect((await agent.ask('DELETE', href)).status).toBe(204)
  })

  it('belongs to a step that its writer knows', async () => {
    const elsewhere = await api.person('fatoumata.coulibaly')
    const body = { answers: {} }
    expect((await elsewhere.ask('PUT', `/api/v1/work/${triage}/draft`, { body })).status).toBe(404)
    expect((await agent.ask('PUT', '/api/v1/work/nonsense/draft', { body })).status).toBe(404)
  })
})

describe('an act whose record takes long', () => {
  it('is answered 202 after eight seconds, and its receipt can be waited for', async () => {
    let release: () => void = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const locked = api.here.db.sql.begin(async (tx) => {
      await tx`select 1 from cases where number = ${number} for update`
      await held
    })
    const answer = await act(agent, 'complete_step', { step: triage, outcome: 'ours', answers: { priority: 'none' } })
    expect(answer.status, answer.text).toBe(202)
    expect(answer.body['status']).toBe('accepted')
    expect(answer.headers.get('Retry-After')).toBe('2')
    release()
    await locked
    const receipt = await agent.get(answer.headers.get('Location') ?? '', { Prefer: 'wait=25' })
    expect(receipt.body['status'], receipt.text).toBe('recorded')
    expect(receipt.at('/ended/0/id')).toBe(triage)
  })
})

const openNamed = async (step: string): Promise<string> => {
  const [row] = await api.here.db.sql`select o.item from open_steps o join cases c using (case_id)
    where c.number = ${number} and o.step = ${step}`
  return `${number}.${String(row?.['item'])}`
}

describe('an answer by telephone', () => {
  it('is only of the partner whom the step asks', async () => {
    const body = {
      step: triage,
      outcome: 'ours',
      answers: { priority: 'none' },
      via: 'phone',
      on_behalf_of: 'csref-kayes',
    }
    const answer = await act(agent, 'complete_step', body)
    expect([answer.status, answer.at('/errors/0/pointer')]).toEqual([422, '/on_behalf_of'])
  })
})

describe('a day without an hour', () => {
  it('opens a case now when it is today, and does what was done today in time', async () => {
    const today = new Date().toISOString().slice(0, 10)
    const opened = await agent.post('/api/v1/cases', {
      opening: 'ml-reception',
      place: 'senou',
      happened: today,
      answers: { name: 'Awa Diarra', arrived_on: today },
    })
    expect(opened.at('/opened/0/deadline/state')).toBe('on_time')
    number = String(opened.body['number'])
    const step = String(opened.at('/opened/0/id'))
    const ended = await done(agent, 'complete_step', {
      step,
      outcome: 'ours',
      answers: { priority: 'none' },
      happened: today,
    })
    expect(ended.at('/ended/0/deadline/state')).toBe('met')
    expect(Date.parse(String(ended.body['happened']))).toBe(Date.parse(String(opened.body['happened'])))
  })
})

describe('a closed case', () => {
  const closed = async (): Promise<void> => {
    await done(agent, 'complete_step', {
      step: triage,
      outcome: 'not_ours',
      answers: { priority: 'none', population: 'refugee' },
    })
    const desk = await openNamed('refugee')
    const slip = { orientation_slip: [{ paper: { kept_at: 'Classeur 4' } }] }
    await done(agent, 'complete_step', { step: desk, outcome: 'received', evidence: slip })
    const item = await openNamed('population_check')
    const work = await supervisor.get(`/api/v1/work/${item}`)
    const decided = { step: item, basis: work.body['basis'], outcome: 'taken_over', answers: { taken_by: 'mrn' } }
    const end = await done(supervisor, 'complete_step', decided)
    expect(end.at('/case/status')).toBe('closed')
  }

  it('takes no step any more', async () => {
    await closed()
    const late = await act(agent, 'complete_step', { step: triage, outcome: 'ours', answers: { priority: 'none' } })
    expect([late.status, late.body['code']]).toEqual([409, 'case_closed'])
  })

  it('can be corrected, and opened again, though its workflow has ended', async () => {
    await closed()
    await done(agent, 'correct_answer', { step: triage, answers: { priority: 'family' }, reason: 'Erreur' })
    const again = await done(supervisor, 'begin_procedure', { procedure: 'ml-reopening' })
    expect(again.at('/case/status')).toBe('open')
    expect((again.at('/opened') as unknown[]).length).toBeGreaterThan(0)
  })
})
