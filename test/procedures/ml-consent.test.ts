/** Consent to share: what is told to whom under it, and what happens at the instant it ends. */

import { beforeAll, describe, expect, it } from 'vitest'
import { undisclosable } from '../../cases/shared-with-consent.ts'
import { begins, mali, settled } from './ml-life.ts'
import type { Walk } from './walk.ts'

let walk: () => Walk
beforeAll(async () => {
  walk = await mali()
})
const NEED = { family: 'health', urgency: '3d' }
const supervisor = [{ role: 'supervisor', place: 'ml-kayes' }]
const manager = [{ role: 'case_manager', place: 'ml-kayes' }]

function referred(w: Walk, agreed = 'given', until?: string): Walk {
  begins(w, 'ml-referral', 'case_manager', NEED)
  w.end('referral.need', 'done')
  const state = agreed === 'given' ? 'given' : 'override'
  w.end('referral.agreement', agreed, {
    sharing: { state, form: 'written', language: 'bm', ...(until === undefined ? {} : { until }) },
  })
  w.end('referral.provider', 'chosen')
  return w
}
const asked = (agreed?: string, until?: string): Walk => {
  const w = referred(settled(walk()), agreed, until)
  w.end('referral.sending', 'sent')
  return w
}
const consentOf = (w: Walk): string => Object.values(w.state.consents).at(-1)?.id ?? ''
const withdraw = (w: Walk): void => w.act('fatoumata', manager, { act: 'withdraw_consent', consent: consentOf(w) })
const erasures = (w: Walk): string[] =>
  w.events('notice_given').flatMap(({ notice, to }) => (notice === 'erase' ? [to] : []))
const open = (w: Walk, procedure: string): string[] => w.openSteps().filter((step) => step.startsWith(procedure))

describe('what a partner is told', () => {
  it('is in the ledger when the form is sent and each time they are asked, with the consent that allows it', () => {
    const w = asked()
    const under = consentOf(w)
    expect(w.events('disclosed').map(({ to, under: by, what }) => [to, by === under, what])).toEqual([
      ['csref-kayes', true, ['number', 'input.family', 'input.urgency', 'sending.reason', 'sending.summary']],
      ['csref-kayes', true, ['number', 'input.family']],
    ])
    w.end('referral.answer', 'accepted')
    w.end('referral.appointment', 'made', { date: '2026-12-10' })
    expect(w.events('disclosed')).toHaveLength(3)
    expect(undisclosable(w.entries)).toEqual([])
  })
  it('is nothing more when, called at the number of the directory, they deny the answer: another is chosen', () => {
    const w = asked()
    w.end('referral.answer', 'accepted')
    w.end('referral.appointment', 'not_confirmed')
    expect(w.events('disclosed')).toHaveLength(2)
    expect(open(w, 'referral')).toEqual(['referral.provider'])
  })
  it('is nothing at all where consent is refused', () => {
    const w = settled(walk())
    begins(w, 'ml-referral', 'case_manager', NEED)
    w.end('referral.need', 'done')
    w.end('referral.agreement', 'refused', { sharing: { state: 'refused', form: 'oral', language: 'bm' } })
    expect(open(w, 'referral')).toEqual([])
    expect(w.events('disclosed')).toEqual([])
  })
  it('includes the medical file, with the organisation that receives it', () => {
    const w = settled(walk())
    begins(w, 'ml-health', 'case_manager')
    w.end('health.triage', 'care')
    w.end('health.sharing', 'given')
    w.end('health.file', 'sent')
    expect(w.events('disclosed')).toMatchObject([
      { to: 'csref-kayes', purpose: 'sharing', what: ['number', 'file.pieces'] },
    ])
  })
})

describe('a consent that is withdrawn', () => {
  it('stops the referral at that instant, and asks every partner who was told something to erase it', () => {
    const w = asked()
    w.end('referral.answer', 'declined', {}, 'fatoumata')
    w.end('referral.provider', 'chosen', { to: 'hopital-kayes-exemple', rank: 2 })
    w.end('referral.sending', 'sent')
    withdraw(w)
    expect(open(w, 'referral')).toEqual([])
    expect(w.events('run_stopped').at(-1)?.because).toBe('consent_ended')
    expect(erasures(w)).toEqual(['partner:csref-kayes', 'partner:hopital-kayes-exemple'])
  })
  it('leaves a person to make sure, to list what the law keeps, and to look after the need', () => {
    const w = asked()
    withdraw(w)
    expect(open(w, 'consent-withdrawn')).toEqual(['consent-withdrawn.tell_partners'])
    w.end('consent-withdrawn.tell_partners', 'told')
    const kept = [{ what: 'payments', ground: 'accounting', until: '2036-12-31' }]
    w.end('consent-withdrawn.kept_by_law', 'justified', { kept }, 'moussa')
    w.end('consent-withdrawn.need', 'another_way')
    expect(open(w, 'plan')).toEqual(['plan.draft'])
  })
  it('stops that referral and no other, however many there are', () => {
    const w = asked()
    const first = consentOf(w)
    referred(w)
    w.act('fatoumata', manager, { act: 'withdraw_consent', consent: first })
    expect(open(w, 'referral')).toEqual(['referral.sending'])
    withdraw(w)
    expect(open(w, 'referral')).toEqual([])
    expect(open(w, 'consent-withdrawn')).toHaveLength(2)
    expect(erasures(w)).toEqual(['partner:csref-kayes'])
  })
  it('long after the service still reaches the partner who keeps what they received', () => {
    const w = asked()
    w.end('referral.answer', 'accepted')
    w.end('referral.appointment', 'made', { date: '2026-12-10' })
    w.end('referral.service', 'not_served')
    w.end('referral.check', 'covered')
    withdraw(w)
    expect(erasures(w)).toEqual(['partner:csref-kayes'])
  })
  it('comes by a later refusal too', () => {
    const w = asked()
    const run = Object.entries(w.state.runs).find(([id]) => id.startsWith('referral'))?.[0] ?? ''
    w.act('moussa', supervisor, {
      act: 'reopen_step',
      step: `${run}.agreement.1`,
      within: { n: 1, unit: 'days' },
      reason: 'digest',
    })
    w.end('referral.agreement', 'refused', { sharing: { state: 'refused', form: 'oral', language: 'bm' } })
    expect(open(w, 'referral')).toEqual([])
    expect(erasures(w)).toEqual(['partner:csref-kayes'])
  })
  it('is no more corrected than what was shared under it', () => {
    const w = asked()
    const item = consentOf(w).replace('.sharing', '')
    const answers = { sharing: { state: 'refused', form: 'oral', language: 'bm' } }
    const correction = { act: 'correct_answer', step: item, answers, personal: {}, reason: 'digest' } as const
    expect(() => w.act('fatoumata', manager, correction)).toThrow('not_asked')
  })
})

describe('a consent with an end date', () => {
  it('ends sharing by itself the day after, as if it had been withdrawn', () => {
    const w = asked('given', '2026-12-05')
    w.pass(20)
    expect(open(w, 'referral')).toEqual([])
    expect(w.events('consent_ended')).toHaveLength(1)
    expect(erasures(w)).toEqual(['partner:csref-kayes'])
    expect(open(w, 'consent-withdrawn')).toEqual(['consent-withdrawn.tell_partners'])
  })
})

describe('a danger to life', () => {
  it('shares without consent, countersigned by somebody else on a clock of its own', () => {
    const w = asked('life_at_risk')
    expect(w.refusal('referral.countersign', 'confirmed', {}, 'somebody')).toContain('own_submission')
    expect(w.events('disclosed')).toHaveLength(2)
    w.end('referral.countersign', 'confirmed', {}, 'moussa')
    expect(open(w, 'referral')).toEqual(['referral.answer'])
  })
  it('that is not confirmed stops sharing, and what went out is asked back', () => {
    const w = asked('life_at_risk')
    w.end('referral.countersign', 'not_confirmed', {}, 'moussa')
    expect(open(w, 'referral')).toEqual([])
    expect(erasures(w)).toEqual(['partner:csref-kayes'])
    expect(open(w, 'consent-withdrawn')).toEqual(['consent-withdrawn.tell_partners'])
  })
  it('is told to more and more people while nobody countersigns', () => {
    const w = asked('life_at_risk')
    w.pass(3)
    expect(w.told()).toContain('referral.countersign supervisor')
  })
  it('is never claimed in passing: outcome and answer say the same', () => {
    const w = settled(walk())
    begins(w, 'ml-referral', 'case_manager', NEED)
    w.end('referral.need', 'done')
    const say = (state: string) => ({ sharing: { state, form: 'oral', language: 'bm' } })
    expect(w.refusal('referral.agreement', 'given', say('override'))).toContain('not_an_option')
    expect(w.refusal('referral.agreement', 'life_at_risk', say('given'))).toContain('not_an_option')
  })
})
