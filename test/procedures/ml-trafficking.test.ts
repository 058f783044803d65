/** A confidential report, from the signs to the last visit; nobody outside sees more than a clearance that is awaited. */

import { beforeAll, describe, expect, it } from 'vitest'
import { view } from '../../cases/view.ts'
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

const CONSENT = (state: string) => ({ protection: { state, form: 'oral', language: 'bm' } as never })

/** About to leave the centre, with a report that nobody there knows of. */
function reported(): Walk {
  const w = new Walk(procedures, settings, '2026-11-23T20:00:00Z')
  w.open('case', 'ml-reception', 'senou', { arrived_on: '2026-11-23', centre: 'senou' })
  w.end('reception.triage', 'ours', { signs: true })
  w.end('reception.registration', 'registered', { destination: 'ml-kayes', safe_contact: true })
  w.end('reception.admission', 'done')
  w.end('reception.short_interview', 'done')
  w.end('reception.arrival_cash', 'paid')
  return w
}
function safe(): Walk {
  const w = reported()
  w.end('trafficking.signs', 'signs')
  w.end('trafficking.safety', 'safe')
  return w
}

describe('a confidential report', () => {
  it('holds the departure until the focal point gives an opinion', () => {
    const w = safe()
    expect(w.refusal('reception.onward_transport', 'left')).toContain('on_hold')
    w.end('trafficking.return_risk', 'not_yet')
    expect(w.refusal('reception.onward_transport', 'left')).toContain('on_hold')
    w.end('trafficking.return_risk', 'may_go')
    w.end('reception.onward_transport', 'left')
  })

  it('holds it on while the risk is not settled, until the national level says', () => {
    const w = safe()
    for (let round = 0; round < 9; round += 1) w.end('trafficking.return_risk', 'not_yet', {}, 'oumou')
    expect(w.refusal('reception.onward_transport', 'left')).toContain('on_hold')
    w.end('trafficking.national_opinion', 'elsewhere', {}, 'mahamadou')
    w.end('reception.onward_transport', 'left')
  })

  it('lets go at once when no sign is confirmed', () => {
    const w = reported()
    w.end('trafficking.signs', 'no_sign')
    w.end('reception.onward_transport', 'left')
  })

  it('gives help to whoever refuses the interview', () => {
    const w = safe()
    w.end('trafficking.agreement', 'refused', CONSENT('refused'))
    w.end('trafficking.assistance', 'done', { needs: [{ key: 'n1', kind: 'lodging', urgent: true }] })
    w.end('protected-help.agreement', 'refused', CONSENT('refused'))
    w.end('protected-help.own_help', 'done')
    w.end('protected-help.check', 'met')
    w.end('trafficking.return_risk', 'may_go')
    expect(w.openSteps()).toContain('trafficking.plan')
    expect(w.openSteps()).not.toContain('trafficking.interview')
  })

  it('goes through recovery and identification to visits of a year, and keeps the case open until the last', () => {
    const w = safe()
    w.end('trafficking.agreement', 'given', CONSENT('given'))
    w.end('trafficking.interview', 'held', {}, 'oumou')
    w.end('trafficking.recovery', 'done', { from: '2026-11-25', to: '2026-12-25' }, 'oumou')
    expect(w.refusal('trafficking.identification', 'identified', {}, 'oumou')).toContain('own_submission')
    w.end('trafficking.identification', 'identified', {}, 'tidiani')
    w.end('trafficking.assistance', 'done')
    w.end('trafficking.return_risk', 'may_go')
    w.pass(30)
    w.end('trafficking.recovery_review', 'renewed')
    w.pass(31)
    w.end('trafficking.recovery_review', 'over')
    w.end('trafficking.plan', 'agreed')
    for (const days of [31, 31, 31, 92, 183]) {
      w.pass(days)
      w.end('trafficking.visits', 'seen')
    }
    expect(w.openSteps()).not.toContain('trafficking.visits')
    w.act('fatoumata', [{ role: 'case_manager', place: 'ml-kayes' }], {
      act: 'begin_procedure',
      procedure: 'ml-closure',
      answers: {},
      personal: {},
      absent: {},
    })
    w.end('closure.proposal', 'proposed', { reason: 'goals_reached' }, 'fatoumata')
    w.end('closure.approval', 'approved', {}, 'moussa')
    w.end('closure.last_meeting', 'not_possible', {}, 'fatoumata')
    expect(w.refusal('closure.archive', 'closed', {}, 'moussa')).toContain('on_hold')
    w.end('trafficking.follow_up', 'over')
    w.end('closure.archive', 'closed', {}, 'moussa')
    expect(w.state.closed?.reason).toBe('goals_reached')
  })

  it('is nothing to whoever is not assigned: no run, step, clock, consent or fact', () => {
    const w = safe()
    w.end('trafficking.agreement', 'given', CONSENT('given'))
    w.end('trafficking.assistance', 'done', { needs: [{ key: 'n1', kind: 'legal', urgent: false }] })
    const shelf = Object.fromEntries(Object.values(procedures).map((one) => [one.hash, one]))
    const everything = [
      'supervisor',
      'case_manager',
      'regional_coordinator',
      'national_coordination',
      'child_protection',
    ]
    const viewer = { kind: 'user' as const, user: 'x', holds: everything.map((role) => ({ role, place: 'ml' })) }
    const seen = view(w.state, viewer, { settings, shelf })
    expect(JSON.stringify(seen)).not.toMatch(/trafficking-|protected-help|"protection"/)
  })

  it('is decided about a child only with an appointed guardian who heard it', () => {
    const w = new Walk(procedures, settings, '2026-11-23T20:00:00Z')
    w.open('case', 'ml-reception', 'senou', { arrived_on: '2026-11-23', centre: 'senou', unaccompanied: true })
    w.end('reception.triage', 'ours', { signs: true })
    w.end('trafficking.signs', 'signs')
    w.end('trafficking.safety', 'safe')
    w.end('trafficking.agreement', 'given', CONSENT('given'))
    expect(w.refusal('trafficking.interview', 'held', {}, 'oumou')).toContain('"gate":"some_guardian"')
  })
})
