/** A child alone, from the airport to the last visit: no decision without a guardian, and eighteen years on the day. */

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

/** In the centre, registered, in safety and in temporary care. */
function sheltered(): Walk {
  const w = new Walk(procedures, settings, '2026-11-23T20:00:00Z')
  w.open('case', 'ml-reception', 'senou', { arrived_on: '2026-11-23', centre: 'senou', unaccompanied: true })
  w.end('reception.triage', 'ours')
  w.end('child.safety', 'sheltered')
  w.end('child.report', 'reported')
  w.end('reception.registration', 'registered', { destination: 'ml-kayes', safe_contact: true })
  w.end('reception.manager', 'assigned', { manager: 'fatoumata' })
  w.end('child.placement', 'placed')
  return w
}
function assessed(turns18on = '2029-05-01'): Walk {
  const w = sheltered()
  w.end('guardianship.provisional', 'named')
  w.end('child.bia', 'assessed', { turns_18_on: turns18on, level: 'high' }, 'rokia')
  return w
}
function heard(): Walk {
  const w = assessed()
  w.end('guardianship.appointment', 'appointed', { until: '2027-11-30' })
  w.end('child.hearing', 'heard', {}, 'cheick')
  w.end('child.tracing_started', 'begun')
  return w
}
function handedOver(outcome = 'to_care'): Walk {
  const w = heard()
  w.pass(20)
  w.end('child.tracing', 'found')
  w.end('child.family_check', 'done', {}, 'rokia')
  w.end('child.bid', 'reunify', {}, 'aminata')
  w.end('child.handover', outcome)
  return w
}

describe('a child alone', () => {
  it('is in safety and with a provisional guardian before anything is asked', () => {
    const w = sheltered()
    expect(w.refusal('child.bia', 'assessed')).toContain('"gate":"some_guardian"')
    w.end('guardianship.provisional', 'named')
    expect(w.fact('guardian')).toBe('provisional')
    w.end('child.bia', 'assessed')
  })

  it('never leaves the centre by the road of adults, and does not enter their assessment', () => {
    const w = sheltered()
    w.end('reception.admission', 'done')
    w.end('reception.short_interview', 'done')
    w.end('reception.arrival_cash', 'paid')
    expect(w.openSteps().filter((step) => /^(reception|assessment)\./.test(step))).toEqual([])
  })

  it('is decided about only with an appointed guardian, and only when heard', () => {
    const w = assessed()
    expect(w.refusal('child.hearing', 'heard')).toContain(
      '"gate":"guardian","openedBy":["child_protection","juvenile_judge"]',
    )
    w.end('guardianship.appointment', 'appointed', { until: '2027-11-30' })
    w.end('child.hearing', 'heard', {}, 'cheick')
    expect(w.fact('child_heard')).toBe(true)
  })

  it('waits for a guardian again once the mandate is over', () => {
    const w = heard()
    w.end('child.tracing', 'failed')
    w.pass(345)
    w.end('guardianship.mandate_end', 'over', {}, 'cheick')
    expect(w.refusal('child.bid', 'durable_care', {}, 'aminata')).toContain('"gate":"guardian"')
  })

  it('has the search for the family looked at every thirty days, and ends it after a year', () => {
    const w = heard()
    w.pass(31)
    expect(w.told()).toContain('child.tracing child_protection')
    for (let round = 0; round < 13; round += 1) w.end('child.tracing', 'goes_on')
    expect(w.openSteps()).toContain('child.bid')
  })

  it('has the placement reviewed every fifteen days until the handing over', () => {
    const w = sheltered()
    expect(w.waitingSteps()).toContain('child.placement_review')
    w.pass(16)
    w.end('child.placement_review', 'kept')
    expect(w.openSteps()).not.toContain('child.placement_review')
    w.pass(16)
    w.end('child.placement_review', 'moved')
    expect([...handedOver().openSteps(), ...handedOver().waitingSteps()]).not.toContain('child.placement_review')
  })

  it('comes before the judge when the panel twice lacks what it needs', () => {
    const w = heard()
    w.end('child.tracing', 'failed')
    for (let round = 0; round < 3; round += 1) {
      w.end('child.bid', 'more_information', {}, 'aminata')
      if (round === 2) break
      w.end('child.bia', 'assessed', { turns_18_on: '2029-05-01' }, 'rokia')
      w.end('child.hearing', 'heard', {}, 'rokia')
    }
    w.end('child.ruling', 'durable_care', {}, 'cheick')
    expect(w.openSteps()).toContain('child.handover')
  })

  it('is visited five times in a year; a child in danger is decided about anew, at every visit', () => {
    const w = handedOver()
    w.end('child-care.school_plan', 'done', { needs: [{ key: 'n1', family: 'education', urgency: '3d' }] })
    expect(w.openSteps()).toContain('referral.need')
    w.pass(8)
    w.end('child-care.w1', 'seen')
    w.pass(24)
    w.end('child-care.m1', 'danger')
    w.end('child-review.protection', 'sheltered', {}, 'rokia')
    w.end('child-review.new_decision', 'moves', {}, 'aminata')
    w.end('child-review.new_handover', 'to_care')
    w.pass(60)
    w.end('child-care.m3', 'not_found')
    w.end('child-review.protection', 'no_danger')
    w.pass(95)
    w.end('child-care.m6', 'seen')
    w.pass(185)
    w.end('child-care.m12', 'seen', {}, 'rokia')
    w.end('child-care.end', 'ended', {}, 'moussa')
    w.end('closure.proposal', 'proposed', { reason: 'goals_reached' }, 'fatoumata')
    w.end('closure.approval', 'approved', {}, 'moussa')
    w.end('closure.last_meeting', 'held', { complaint: false }, 'fatoumata')
    w.end('closure.archive', 'closed', {}, 'moussa')
    expect(w.state.closed?.reason).toBe('goals_reached')
  })

  it('given back to the parents, is theirs to decide for', () => {
    const w = handedOver('to_parents')
    expect(w.fact('unaccompanied')).toBe(false)
  })
})

describe('turning eighteen', () => {
  it('ends guardianship on the day, by itself, and holds the child procedure until somebody leads the way', () => {
    const w = assessed('2027-02-10')
    w.end('guardianship.appointment', 'appointed', { until: '2027-11-30' })
    w.pass(77)
    expect([w.fact('guardian'), w.openSteps().includes('majority.passage')]).toEqual(['appointed', false])
    w.pass(3)
    expect([w.fact('guardian'), w.fact('unaccompanied')]).toEqual(['none', false])
    expect(w.refusal('child.hearing', 'heard')).toContain('on_hold')
    w.end('majority.passage', 'adult', {}, 'moussa')
    expect(w.openSteps().filter((step) => /^(child|guardianship)/.test(step))).toEqual([])
    expect(w.openSteps()).toContain('assessment.counselling')
  })

  it('leads to an adult plan whose needs leave those of the child alone', () => {
    const needs = [{ key: 'n1', family: 'education', urgency: '3d' }]
    const w = handedOver()
    w.end('child-care.school_plan', 'done', { needs })
    w.pass(900)
    w.end('majority.passage', 'adult', {}, 'moussa')
    w.end('assessment.counselling', 'done')
    w.end('assessment.vulnerability', 'assessed', { health: false, alone: false })
    for (const step of ['risks', 'family', 'skills', 'rss_baseline']) {
      w.end(`assessment.${step}`, step === 'rss_baseline' ? 'surveyed' : 'done')
    }
    w.end('assessment.eligibility', 'eligible', {}, 'moussa')
    w.end('plan.draft', 'drafted', { needs, budget: 600_000, economic: false }, 'fatoumata')
    w.end('plan.validation', 'approved', {}, 'nana')
    w.end('plan.signature', 'signed')
    w.end('plan.launch', 'launched')
    expect(w.openSteps().filter((step) => step === 'referral.need')).toHaveLength(2)
  })

  it('comes on the last day that is possible when only the year is known', () => {
    const w = assessed('2027')
    w.pass(402)
    expect(w.openSteps()).not.toContain('majority.passage')
    w.pass(2)
    expect(w.openSteps()).toContain('majority.passage')
  })

  it('can have been wrong: the child gets a guardian again, and the right day counts', () => {
    const w = assessed('2026-12-10')
    w.pass(20)
    w.end('majority.passage', 'still_a_child', { turns_18_on: '2027-12-10' }, 'moussa')
    expect(w.refusal('child.hearing', 'heard')).toContain('"gate":"guardian"')
    w.end('guardianship.provisional', 'named')
    w.end('guardianship.appointment', 'appointed', { until: '2028-11-30' })
    w.end('child.hearing', 'heard')
    w.pass(370)
    expect(w.openSteps()).toContain('majority.passage')
    expect(w.fact('guardian')).toBe('none')
  })
})

describe('routing at intake', () => {
  const arrived = (population: string) => {
    const w = new Walk(procedures, settings, '2026-11-23T20:00:00Z')
    w.open('case', 'ml-reception', 'senou', { arrived_on: '2026-11-23', centre: 'senou' })
    w.end('reception.triage', 'not_ours', { population })
    return w
  }
  it.each(['refugee', 'transit'])('tells a %s where to go, and closes only when somebody else confirms it', (desk) => {
    const w = arrived(desk)
    expect(w.openSteps()).toEqual([`reception.${desk}`])
    w.end(`reception.${desk}`, 'received')
    expect(w.refusal('reception.population_check', 'taken_over')).toContain('own_submission')
    w.end('reception.population_check', 'taken_over', {}, 'mariam')
    expect(w.state.closed?.reason).toBe('other_procedure')
  })

  it('keeps whom the other service does not receive', () => {
    const w = arrived('transit')
    w.end('reception.transit', 'not_received')
    w.end('reception.population_check', 'ours', {}, 'mariam')
    expect(w.openSteps()).toEqual(['reception.registration', 'reception.admission'])
  })
})
