/** Sentences 1–5 of what a procedure means: which steps open, wait, fall away and come back. */

import { describe, expect, it } from 'vitest'
import { field, decision, procedure, task, term, within } from './build.ts'
import { Life } from './life.ts'

const yesNo = (id: string) => field(id, 'yes_no', { required: true })

describe('1 · `after` is AND, `any` inside it is OR', () => {
  it('opens when all have ended, and a bare step counts when done or not needed', () => {
    const life = Life.open([
      procedure('t-a', [
        task('a'),
        task('b', { when: 'unaccompanied' }),
        task('c'),
        task('d', { after: ['a', 'b', 'c'] }),
      ]),
    ])
    expect(life.statusOf('b')).toBe('not_needed')
    life.ends('a')
    expect(life.open()).toEqual(['c'])
    life.ends('c')
    expect(life.open()).toEqual(['d'])
  })
  it('opens on any of several outcomes', () => {
    const two = { yes: {}, no: {} }
    const life = Life.open([
      procedure('t-a', [task('a', { outcomes: two }), task('b'), task('c', { after: ['a=yes|b'] })]),
    ])
    life.ends('a', 'no')
    expect(life.open()).toEqual(['b'])
    life.ends('b')
    expect(life.open()).toEqual(['c'])
  })
})

describe('2 · a step ends done, not needed, or off path', () => {
  it('takes what hangs on an outcome that did not come off the path', () => {
    const life = Life.open([
      procedure('t-a', [
        task('a', { outcomes: { yes: {}, no: {} } }),
        task('b', { after: ['a=yes'] }),
        task('c', { after: ['b'] }),
        task('d', { after: ['a=no'] }),
      ]),
    ])
    life.ends('a', 'no')
    expect(['b', 'c', 'd'].map((step) => life.statusOf(step))).toEqual(['off_path', 'off_path', 'open'])
  })
  it('lets life go on after what was not needed', () => {
    const life = Life.open([
      procedure('t-a', [task('a'), task('b', { after: ['a'], when: 'false' }), task('c', { after: ['b'] })]),
    ])
    life.ends('a')
    expect(life.statusOf('c')).toBe('open')
  })
})

describe('3 · `when` is asked once, `requires` at each act', () => {
  const steps = [
    task('a', { form: [yesNo('alone')], outcomes: { done: { set: { unaccompanied: 'form.alone' } } } }),
    task('b', { when: '!unaccompanied' }),
    task('c', { requires: ['guardian'] }),
  ]
  it('keeps an open step open when its condition has changed since', () => {
    const life = Life.open([procedure('t-a', steps)])
    life.ends('a', 'done', { alone: true })
    expect(life.statusOf('b')).toBe('open')
  })
  it('refuses an act whose gate is closed now, and says who opens it', () => {
    const life = Life.open([procedure('t-a', steps)])
    life.ends('a', 'done', { alone: true })
    const refusal = life.tries(life.action('awa', 'case_manager', life.ending('c', 'done')))
    expect(refusal).toEqual({ code: 'gate_closed', gates: [{ gate: 'guardian', openedBy: ['child_protection'] }] })
  })
})

describe('4 · a closed gate does not stop the clock, a hold does', () => {
  it('lets the clock of a gated step run', () => {
    const life = Life.open([procedure('t-a', [task('c', { requires: ['guardian'] })])], {
      home: 'ml-kayes',
      unaccompanied: true,
    })
    life.passDays(30)
    expect(life.events('clock_breached')).toHaveLength(1)
  })
  it('keeps the remainder of a held clock, as long as the holding step lives', () => {
    const life = Life.open([
      procedure('t-a', [
        task('work', { due: within(5, 'working_days') }),
        task('check', { holds: ['work'], due: within(30, 'days') }),
      ]),
    ])
    life.passDays(14)
    expect(life.events('clock_breached')).toEqual([])
    life.ends('check')
    expect(life.due('work')).toBe('2026-12-14T16:00')
    life.agrees()
  })
  it('refuses an act on what is held', () => {
    const life = Life.open([procedure('t-a', [task('work'), task('check', { holds: ['work'] })])])
    expect(life.tries(life.action('awa', 'case_manager', life.ending('work', 'done')))?.code).toBe('on_hold')
  })
})

describe('5 · `back_to` reopens, redoes what is between, and is bounded', () => {
  const back = { backTo: { step: 'draft', within: [term(5, 'working_days')], atMost: 2, then: 'deadlock' } }
  const steps = [
    task('draft'),
    task('paper', { after: ['draft'] }),
    decision('check', { after: ['paper'], outcomes: { approved: {}, sent_back: back, deadlock: { byHand: false } } }),
    task('other', { after: ['draft'] }),
    task('next', { after: ['check=approved'] }),
  ]
  it('opens the step again with the clock given, and a round of its own', () => {
    const life = Life.open([procedure('t-a', steps)])
    for (const step of ['draft', 'paper', 'other']) life.ends(step)
    life.decides('check', 'sent_back')
    expect(life.open()).toEqual(['draft'])
    expect(life.item('draft').endsWith('.2')).toBe(true)
    expect(life.due('draft')).toBe('2026-11-30T16:00')
    life.ends('draft')
    expect(life.open()).toEqual(['paper'])
    expect(life.statusOf('other')).toBe('done')
  })
  it('lets the named outcome happen once the ways back are used up', () => {
    const life = Life.open([procedure('t-a', steps)])
    life.ends('draft')
    life.ends('other')
    for (let round = 0; round < 2; round += 1) {
      life.ends('paper')
      life.decides('check', 'sent_back')
      life.ends('draft')
    }
    life.ends('paper')
    life.decides('check', 'sent_back')
    expect(life.step('check')?.outcome).toBe('deadlock')
    expect(life.statusOf('next')).toBe('off_path')
    life.agrees()
  })
  it('asks again what was off the path', () => {
    const life = Life.open([
      procedure('t-a', [
        task('a', { outcomes: { yes: {}, no: {} } }),
        task('b', { after: ['a=yes'] }),
        decision('c', {
          after: ['a'],
          outcomes: { fine: {}, again: { backTo: { step: 'a', within: [term(1, 'days')], atMost: 1, then: 'fine' } } },
        }),
      ]),
    ])
    life.ends('a', 'no')
    life.decides('c', 'again')
    life.ends('a', 'yes')
    expect(life.statusOf('b')).toBe('open')
  })
})

describe('a supervisor reopens a step', () => {
  const steps = [
    task('a', { outcomes: { far: {}, near: {} } }),
    task('b', { after: ['a=near'] }),
    task('c', { after: ['a'] }),
    task('d', { after: ['c'] }),
  ]
  const reopen = (life: Life): void =>
    life.does('moussa', 'supervisor', {
      act: 'reopen_step',
      step: life.item('a'),
      within: term(2, 'days'),
      reason: 'digest',
    })
  it('and what hung below it is asked again, while what others have done stays done', () => {
    const life = Life.open([procedure('t-a', steps)])
    life.ends('a', 'far')
    life.ends('c')
    expect(life.statusOf('b')).toBe('off_path')
    reopen(life)
    expect([life.statusOf('a'), life.statusOf('b'), life.statusOf('c'), life.statusOf('d')]).toEqual([
      'open',
      'pending',
      'done',
      'open',
    ])
    expect(life.due('a')).toBe('2026-11-25T23:59')
    life.ends('a', 'near')
    expect(life.statusOf('b')).toBe('open')
    life.agrees()
  })
  it('only while its run goes on, and the round that is over cannot be ended', () => {
    const life = Life.open([procedure('t-a', [task('a'), task('b', { after: ['a'] })])])
    life.ends('a')
    const first = life.item('a')
    reopen(life)
    const ending = { ...life.ending('a', 'done'), step: first } as Parameters<typeof life.action>[2]
    expect(life.tries(life.action('awa', 'case_manager', ending))?.code).toBe('step_reopened')
    life.ends('a')
    life.ends('b')
    const late = life.action('moussa', 'supervisor', {
      act: 'reopen_step',
      step: life.item('a'),
      within: term(2, 'days'),
      reason: 'digest',
    })
    expect(life.tries(late)?.code).toBe('step_not_open')
  })
})
