/** Golden walk-throughs of Mali's procedures: one return lived from the airport to the archive, and its side roads. */

import { beforeAll, describe, expect, it } from 'vitest'
import { compileCountry, compileSettings } from '../../procedures/language/index.ts'
import type { CompiledProcedure } from '../../procedures/language/compiled.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import { mali } from '../mali.ts'
import { Walk } from './walk.ts'

let procedures: Record<string, CompiledProcedure>
let settings: Settings
beforeAll(async () => {
  const country = await mali()
  procedures = compileCountry(country)
  settings = compileSettings(country, { version: 1, offsetMs: 0 })
})

const walk = () => new Walk(procedures, settings, '2026-11-23T20:00:00Z')
function received(extra = {}): Walk {
  const w = walk()
  w.open('case', 'ml-reception', 'senou', { arrived_on: '2026-11-23', centre: 'senou', ...extra })
  return w
}
/** Three days in the centre, then home. */
function home(): Walk {
  const w = received()
  w.end('reception.triage', 'ours')
  w.end('reception.registration', 'registered', { destination: 'ml-kayes', safe_contact: true })
  w.end('reception.admission', 'done')
  w.pass(1)
  w.end('reception.short_interview', 'done')
  w.end('reception.arrival_cash', 'paid')
  w.end('reception.onward_transport', 'left')
  w.end('reception.manager', 'assigned', { manager: 'fatoumata' })
  w.pass(2)
  w.end('reception.home_reached', 'reached')
  return w
}
function assessed(): Walk {
  const w = home()
  w.end('assessment.first_contact', 'reached', { appointment: '2026-12-01' })
  w.pass(5)
  w.end('assessment.counselling', 'done')
  w.end('assessment.vulnerability', 'assessed', { health: false, alone: false, level: 'medium' })
  for (const step of ['risks', 'family', 'skills']) w.end(`assessment.${step}`, 'done')
  w.end('assessment.rss_baseline', 'surveyed', { composite: 0.5 })
  w.end('assessment.eligibility', 'eligible', {}, 'moussa')
  return w
}
const NEEDS = [
  { key: 'n1', family: 'health', urgency: '3d' },
  { key: 'n2', family: 'material', urgency: '3d' },
]
function planned(): Walk {
  const w = assessed()
  w.end('plan.draft', 'drafted', { needs: NEEDS, budget: 650_000, economic: false }, 'fatoumata')
  w.end('plan.validation', 'sent_back', { reason: 'budget' }, 'moussa')
  w.end('plan.draft', 'drafted', { needs: NEEDS, budget: 600_000, economic: false }, 'fatoumata')
  expect(w.refusal('plan.validation', 'approved', {}, 'fatoumata')).toContain('own_submission')
  w.end('plan.validation', 'approved', {}, 'nana')
  w.end('plan.signature', 'signed')
  w.end('plan.launch', 'launched')
  return w
}

describe('the main road', () => {
  it('lets the centre serve and send home without waiting for any paper', () => {
    const w = received()
    w.end('reception.triage', 'ours')
    expect(w.openSteps()).toEqual(['reception.registration', 'reception.admission'])
  })

  it('goes from the centre to a plan that somebody else approved', () => {
    const w = planned()
    expect(w.fact('plan_budget')).toBe(600_000)
    expect(w.openSteps()).toEqual(['referral.need', 'referral.need'])
    expect(w.waitingSteps()).toEqual(['follow-up.m1'])
  })

  it('re-routes a referral that is met with silence, then tells the supervisor', () => {
    const w = planned()
    const send = () => {
      w.end('referral.provider', 'chosen')
      w.end('referral.sending', 'sent')
    }
    w.end('referral.need', 'done')
    w.end('referral.agreement', 'given')
    send()
    w.pass(7)
    expect(w.openSteps()).toContain('referral.provider')
    send()
    w.pass(7)
    expect(w.openSteps()).toContain('referral.way_out')
  })

  it('checks with the person that a service was given', () => {
    const w = planned()
    w.end('referral.need', 'done')
    w.end('referral.agreement', 'given')
    w.end('referral.provider', 'chosen')
    w.end('referral.sending', 'sent')
    w.end('referral.answer', 'accepted')
    w.end('referral.appointment', 'made', { date: '2026-12-10' })
    w.end('referral.service', 'served')
    w.end('referral.feedback', 'done')
    w.end('referral.check', 'covered')
    expect(w.openSteps()).toEqual(['referral.need'])
  })

  it('follows for a year, searches after a missed visit, and closes with four eyes', () => {
    const w = planned()
    w.pass(35)
    w.end('follow-up.m1', 'seen')
    w.pass(60)
    w.end('follow-up.m3', 'missed')
    w.end('lost-contact.tries', 'not_reached')
    w.pass(8)
    w.end('lost-contact.tries', 'reached')
    w.pass(90)
    w.end('follow-up.m6', 'seen', { composite: 0.4, changed: false })
    w.end('follow-up.revision_asked', 'keep')
    w.pass(185)
    w.end('follow-up.m12', 'seen', { composite: 0.7 })
    w.end('closure.proposal', 'proposed', { reason: 'goals_reached' }, 'fatoumata')
    expect(w.refusal('closure.approval', 'approved', {}, 'fatoumata')).toContain('own_submission')
    w.end('closure.approval', 'approved', {}, 'moussa')
    w.end('closure.last_meeting', 'held', { complaint: false }, 'fatoumata')
    w.end('closure.archive', 'closed', {}, 'moussa')
    expect(w.state.closed?.reason).toBe('goals_reached')
    expect(w.openSteps()).toEqual([])
  })
})

describe('side roads', () => {
  it('opens a case for each person as soon as the row is there', () => {
    const w = walk()
    w.open('arrival', 'ml-arrival', 'senou', { centre: 'senou', channel: 'air', expected_on: '2026-11-23' })
    const row = { row: 'desk2-01', caseId: 'c1', number: '26-6639-234', personal: { name: 'digest' }, absent: {} }
    const desk = [{ role: 'registration_agent', place: 'senou' }]
    w.act('kadiatou', desk, { act: 'add_people', rows: [{ ...row, answers: { sick: true } }] })
    const wanted = w.entries.flatMap(({ event }) => (event.kind === 'case_wanted' ? [event.inputs] : []))
    expect(wanted).toEqual([{ arrived_on: '2026-11-23', centre: 'senou', channel: 'air', crisis: false, sick: true }])
    w.end('arrival.notice', 'confirmed', { return_type: 'voluntary' })
    w.end('arrival.team', 'ready')
    w.end('arrival.head_count', 'counted', { absent: 0, crisis: false })
    expect(w.state.status).toBe('closed')
  })

  it('reports every day of a crisis', () => {
    const w = walk()
    w.open('arrival', 'ml-arrival', 'senou', {
      centre: 'gogui',
      channel: 'land',
      expected_on: '2026-11-23',
      crisis: true,
    })
    w.end('arrival.notice', 'confirmed', { return_type: 'forced' })
    w.end('arrival.team', 'ready')
    w.end('arrival.head_count', 'counted', { absent: 0, crisis: true })
    const days = Array.from({ length: 5 }, () => {
      w.end('arrival.daily_report', 'reported')
      w.pass(1)
      expect(w.openSteps()).toEqual(['arrival.daily_report'])
      return new Date(w.step('arrival.daily_report')?.openedAt ?? 0).getUTCDate()
    })
    expect(days).toEqual([24, 25, 26, 27, 28])
    w.pass(2.2)
    expect(w.told().slice(-3)).toEqual([
      'arrival.daily_report centre_head',
      'arrival.daily_report supervisor',
      'arrival.daily_report national_desk',
    ])
    w.end('arrival.daily_report', 'lifted')
    expect(w.state.status).toBe('closed')
  })

  it('asks little in a crisis and the rest within ten days', () => {
    const w = received({ crisis: true })
    w.end('reception.triage', 'ours')
    expect(w.refusal('reception.registration', 'registered', { language: 'bm' })).toContain('not_asked')
    w.end('reception.registration', 'registered')
    expect(w.openSteps()).toContain('reception.full_registration')
  })

  it('sends home a person who refused support, and closes only then', () => {
    const w = received()
    w.end('reception.triage', 'ours')
    w.end('reception.registration', 'services_refused')
    w.end('reception.refusal_heard', 'leaves')
    w.end('reception.admission', 'done')
    w.pass(1)
    w.end('reception.short_interview', 'done')
    w.end('reception.arrival_cash', 'paid')
    expect(w.openSteps()).toEqual(['reception.onward_transport'])
    w.end('reception.onward_transport', 'left')
    w.end('reception.leaving', 'closed', {}, 'mariam')
    expect(w.state.closed?.reason).toBe('declined')
  })

  it('calls nobody whose telephone may betray them', () => {
    const w = received()
    w.end('reception.triage', 'ours')
    w.end('reception.registration', 'registered', { destination: 'ml-kayes', safe_contact: false })
    w.end('reception.admission', 'done')
    w.end('reception.short_interview', 'done')
    w.end('reception.arrival_cash', 'paid')
    w.end('reception.onward_transport', 'left')
    expect(w.refusal('reception.home_reached', 'reached')).toContain('safe_contact')
  })

  it('asks what next when nothing is open, and again after a month', () => {
    const w = assessed()
    w.end('plan.draft', 'drafted', { needs: [], budget: 0, economic: false }, 'fatoumata')
    w.end('plan.validation', 'approved', {}, 'nana')
    w.end('plan.signature', 'withdrawn')
    w.end('early-exit.talk', 'stays')
    expect(w.openSteps()).toEqual(['what-next.choice'])
    w.end('what-next.choice', 'nothing_yet')
    expect(w.openSteps()).toEqual(['what-next.choice'])
    w.end('what-next.choice', 'plan')
    expect(w.openSteps()).toEqual(['plan.draft'])
  })

  it('stops every clock of a suspended case until its review', () => {
    const w = home()
    const supervisor = [{ role: 'supervisor', place: 'ml-kayes' }]
    w.act('moussa', supervisor, { act: 'suspend', reviewOn: '2026-12-15', reason: 'digest' })
    w.pass(10)
    expect(w.told()).not.toContain('assessment.first_contact supervisor')
    expect(w.openSteps()).toContain('suspension.review')
    w.act('moussa', supervisor, { act: 'resume' })
    w.end('assessment.first_contact', 'reached')
  })

  it('takes a closed case up again at the assessment, without a first contact', () => {
    const w = home()
    const manager = [{ role: 'case_manager', place: 'ml-kayes' }]
    const nothing = { answers: {}, personal: {}, absent: {} }
    w.act('fatoumata', manager, { act: 'begin_procedure', procedure: 'ml-closure', ...nothing })
    w.end('closure.proposal', 'proposed', { reason: 'own_wish' }, 'fatoumata')
    w.end('closure.approval', 'approved', {}, 'moussa')
    w.end('closure.last_meeting', 'not_possible', {}, 'fatoumata')
    w.end('closure.archive', 'closed', {}, 'moussa')
    w.act('fatoumata', manager, { act: 'begin_procedure', procedure: 'ml-reopening', ...nothing })
    w.end('reopening.request', 'asked', {}, 'fatoumata')
    w.end('reopening.verdict', 'reopened', {}, 'moussa')
    expect(w.openSteps()).toEqual(['assessment.counselling'])
  })
})
