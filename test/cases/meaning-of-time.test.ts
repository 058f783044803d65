/** Sentences 6–8: what clocks, lapses and rungs do, and all that silence can do. */

import { describe, expect, it } from 'vitest'
import { procedure, task, term, within } from './build.ts'
import { Life } from './life.ts'

describe('6 · a clock counts from when its anchor happened', () => {
  it('is born overdue when the moment is past, and stays with its step', () => {
    const due = [{ then: { terms: [term(2, 'days')], anchor: { kind: 'fact' as const, fact: 'arrived_on' } } }]
    const life = Life.open([procedure('t-a', [task('a', { due })])], { home: 'ml-kayes', arrived_on: '2026-11-01' })
    expect(life.events('clock_breached')).toHaveLength(1)
  })
  it('counts the next step from when the last one happened, not from when it was typed in', () => {
    const life = Life.open([procedure('t-a', [task('a'), task('b', { after: ['a'], due: within(3, 'days') })])])
    life.passTo('2026-11-27T10:00:00Z')
    life.does('awa', 'case_manager', life.ending('a', 'done'), { happened: Date.parse('2026-11-24T10:00:00Z') })
    expect(life.due('b')).toBe('2026-11-27T23:59')
  })
  it('annuls a breach that a late paper disproves, and keeps what was already sent', () => {
    const life = Life.open([procedure('t-a', [task('a', { due: within(2, 'days') })])])
    life.passTo('2026-11-28T10:00:00Z')
    expect(life.events('clock_breached')).toHaveLength(1)
    life.does('awa', 'case_manager', life.ending('a', 'done'), {
      happened: Date.parse('2026-11-24T10:00:00Z'),
      via: 'paper',
    })
    expect(life.events('breach_annulled')[0]?.sent).toEqual(['due'])
  })
})

describe('7 · silence has no power but to speak and to lapse', () => {
  const lapses = { at: within(3, 'working_days'), outcome: 'silent', basis: 'assumption' }
  const steps = [
    task('a', { lapses, outcomes: { yes: {}, silent: { byHand: false } } }),
    task('b', { after: ['a=silent'] }),
  ]
  it('offers to nobody what only time can tell', () => {
    const life = Life.open([procedure('t-a', steps)])
    const refusal = life.tries(life.action('awa', 'case_manager', life.ending('a', 'silent')))
    expect(refusal).toMatchObject({ code: 'answers_invalid', errors: [{ code: 'not_offered' }] })
  })
  it('ends the step at its instant, whenever the engine comes round', () => {
    const life = Life.open([procedure('t-a', steps)])
    life.passTo('2027-03-01T00:00:00Z')
    expect(life.step('a')).toMatchObject({ outcome: 'silent', endedAt: Date.parse('2026-11-26T16:00:00Z') })
    expect(life.step('b')?.openedAt).toBe(Date.parse('2026-11-26T16:00:00Z'))
  })
  it('never closes: two years of silence leave the case open and its last rung speaking', () => {
    const life = Life.open([procedure('t-a', [task('a')])])
    life.passTo('2028-11-23T09:00:00Z')
    expect(life.state.status).toBe('open')
    expect(life.events('rung_fired').length).toBeGreaterThan(20)
    life.agrees()
  })
})

describe('8 · a rung tells a role and lets it act', () => {
  it('goes up the ladder once each, leaving out the role whose step it is', () => {
    const life = Life.open([procedure('t-a', [task('a', { role: 'supervisor' })])])
    life.passTo('2027-01-15T00:00:00Z')
    const told = life.events('rung_fired').map((rung) => rung.to)
    expect(told.filter((role) => role === 'supervisor')).toHaveLength(1)
    expect(told).toContain('national_coordination')
  })
  it('lets the role that was told end the step', () => {
    const life = Life.open([procedure('t-a', [task('a')])])
    const early = life.tries(life.action('moussa', 'supervisor', life.ending('a', 'done')))
    expect(early).toMatchObject({ code: 'role_required', who: [{ role: 'case_manager', place: 'ml-kayes' }] })
    life.passDays(30)
    life.decides('a', 'done')
    expect(life.statusOf('a')).toBe('done')
  })
})
