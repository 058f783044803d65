/** Bad input: each its own clear answer, and nothing changes. */

import { describe, expect, it } from 'vitest'
import type { Act } from '../../cases/actions.ts'
import { decision, field, procedure, start, task, term } from './build.ts'
import { hold, Life } from './life.ts'

const form = [
  field('means', 'choice', { required: true, options: ['phone', 'visit'] }),
  field('when', 'date'),
  field('who', 'text', { required: true, personal: true }),
]
const evidence = [{ id: 'log', required: true }]
const steps = [
  task('contact', {
    form,
    evidence,
    extend: { by: 'supervisor', most: term(10, 'days') },
    due: [{ then: { terms: [term(5, 'days')], anchor: { kind: 'opening' } } }],
  }),
  task('later', { after: ['contact'] }),
  decision('check', { after: ['later'] }),
]
const life = () => Life.open([procedure('t-a', steps)])
const filled = { personal: { who: 'digest' }, evidence: { log: [{ paper: 'digest' }] } }
const contact = (one: Life, more: Partial<Extract<Act, { act: 'complete_step' }>> = {}): Act =>
  ({ ...one.ending('contact', 'done', { means: 'phone' }), ...filled, ...more }) as Act

function refusalOf(one: Life, act: Act, user = 'awa', role = 'case_manager', more = {}) {
  const before = one.state
  const refusal = one.tries(one.action(user, role, act, more))
  expect(one.state).toEqual(before)
  return refusal
}

describe('a form', () => {
  it('is told all that is missing and wrong at once, with pointers', () => {
    const one = life()
    const act = contact(one, { answers: { means: 'telephone', other: 1 }, personal: {}, evidence: {} })
    const refusal = refusalOf(one, act)
    expect(refusal?.code === 'answers_invalid' && refusal.errors.map((error) => [error.pointer, error.code])).toEqual([
      ['/answers/other', 'unknown_field'],
      ['/answers/means', 'not_an_option'],
      ['/answers/who', 'required'],
      ['/evidence/log', 'evidence_missing'],
    ])
  })
  it('takes "would not say" for what is personal, and not for what the procedure runs on', () => {
    const one = life()
    expect(refusalOf(one, contact(one, { answers: {}, absent: { means: 'refused' } }))).toMatchObject({
      errors: [{ pointer: '/answers/means', code: 'absent_not_allowed' }],
    })
    expect(
      one.tries(one.action('awa', 'case_manager', contact(one, { personal: {}, absent: { who: 'refused' } }))),
    ).toBeNull()
  })
  it('keeps to the bounds of each field, and says them', () => {
    const bounded = [
      field('level', 'number', { min: 0, max: 4 }),
      field('note', 'text', { max: 5 }),
      field('sum', 'money', { max: 52_000 }),
      field('risks', 'codes', { options: ['debt', 'threat', 'illness'], min: 1, max: 2 }),
      field('rows', 'list', { max: 1, of: [field('level', 'number', { max: 4 })] }),
    ]
    const one = Life.open([procedure('t-a', [task('contact', { form: bounded })])])
    const outside = { level: 5, note: 'longer', sum: -1, risks: [], rows: [{}, {}] }
    expect(refusalOf(one, one.ending('contact', 'done', outside))).toMatchObject({
      errors: [
        { pointer: '/answers/level', code: 'too_large', most: 4 },
        { pointer: '/answers/note', code: 'too_long', most: 5 },
        { pointer: '/answers/sum', code: 'too_small', least: 0 },
        { pointer: '/answers/risks', code: 'too_few', least: 1 },
        { pointer: '/answers/rows', code: 'too_many', most: 1 },
      ],
    })
    expect(refusalOf(one, one.ending('contact', 'done', { rows: [{ level: 5 }] }))).toMatchObject({
      errors: [{ pointer: '/answers/rows/0/level', code: 'too_large' }],
    })
    const inside = { level: 4, note: 'fives', sum: 52_000, risks: ['debt', 'threat'], rows: [{ level: 0 }] }
    expect(one.tries(one.action('awa', 'case_manager', one.ending('contact', 'done', inside)))).toBeNull()
  })
  it('takes partial dates and refuses days that do not exist', () => {
    const one = life()
    const dated = (when: string): Act => contact(one, { answers: { means: 'phone', when } })
    for (const when of ['2026-02-30', '26-01-01', 'hier']) {
      expect(refusalOf(one, dated(when))).toMatchObject({ errors: [{ code: 'not_a_date' }] })
    }
    expect(one.tries(one.action('awa', 'case_manager', dated('2026-05')))).toBeNull()
  })
  it('knows what can only lie behind, and what only ahead of the day on which it was told', () => {
    const dates = [field('met', 'date', { lies: 'behind' }), field('next', 'date', { lies: 'ahead' })]
    const one = Life.open([procedure('t-d', [task('contact', { form: dates })])])
    const today = new Date(one.now).toISOString().slice(0, 10)
    const met = (day: string) => one.ending('contact', 'done', { met: day })
    const next = (day: string) => one.ending('contact', 'done', { next: day })
    one.passDays(3)
    const now = new Date(one.now).toISOString().slice(0, 10)
    for (const day of ['2027-01-01', '2027-01', '2027']) {
      expect(refusalOf(one, met(day))).toMatchObject({ errors: [{ code: 'lies_ahead', latest: now }] })
    }
    for (const day of [today, '2026-10', '2025']) {
      expect(refusalOf(one, next(day))).toMatchObject({ errors: [{ code: 'lies_behind', earliest: now }] })
    }
    // A paper of three days ago may say that somebody was to come on that day.
    const late = { happened: one.now - 3 * 86_400_000 }
    expect(one.tries(one.action('awa', 'case_manager', next(today), late))).toBeNull()
  })
  it('knows its outcomes', () => {
    const one = life()
    expect(refusalOf(one, contact(one, { outcome: 'other' }))).toMatchObject({
      errors: [{ pointer: '/outcome', code: 'unknown_outcome', expected: ['done'] }],
    })
  })
  it('believes what happened between the opening of the step and now', () => {
    const one = life()
    for (const happened of [one.now - 9 * 86_400_000, one.now + 86_400_000]) {
      expect(refusalOf(one, contact(one), 'awa', 'case_manager', { happened })).toMatchObject({
        errors: [{ pointer: '/happened', code: 'happened_unbelievable' }],
      })
    }
  })
})

describe('a step', () => {
  it('that does not exist is not found', () => {
    const one = life()
    expect(refusalOf(one, contact(one, { step: 'a-xyz.nothing.1' }))).toEqual({ code: 'not_found' })
  })
  it('that is not open yet says so', () => {
    const one = life()
    expect(refusalOf(one, contact(one, { step: one.item('later').replace('.0', '.1') }))?.code).toBe('not_found')
  })
  it('that has ended says who ended it and when', () => {
    const one = life()
    const act = contact(one)
    one.does('oumar', 'case_manager', act)
    expect(refusalOf(one, act)).toMatchObject({ code: 'step_ended', outcome: 'done', by: 'oumar' })
  })
  it('belongs to a role at a place', () => {
    const one = life()
    const who = [{ role: 'case_manager', place: 'ml-kayes' }]
    expect(refusalOf(one, contact(one), 'x', 'finance')).toEqual({ code: 'role_required', who })
    const elsewhere = one.action('x', hold('case_manager', 'ml-gao'), contact(one))
    expect(one.tries(elsewhere)).toEqual({ code: 'role_required', who })
  })
})

describe('an action', () => {
  it('that comes twice changes nothing, and with other content is refused', () => {
    const one = life()
    const action = one.action('awa', 'case_manager', contact(one))
    expect(one.tries(action)).toBeNull()
    const after = one.state
    expect(one.tries(action)).toBeNull()
    expect(one.state).toEqual(after)
    expect(one.tries({ ...action, digest: 'other' })).toEqual({ code: 'key_reused' })
  })
  it('on a decision must say what was seen', () => {
    const one = life()
    one.does('awa', 'case_manager', contact(one))
    one.ends('later')
    const act = one.ending('check', 'approved')
    const unseen = { ...act, basis: null } as Act
    expect(refusalOf(one, unseen, 'moussa', 'supervisor')?.code).toBe('changed_since_seen')
    one.does('awa', 'author', {
      act: 'correct_answer',
      step: one.item('later'),
      answers: {},
      personal: {},
      reason: 'digest',
    })
    expect(one.tries(one.action('moussa', 'supervisor', act))).toBeNull()
  })
  it('is refused on a closed case', () => {
    const closing = decision('b', { after: ['a'], outcomes: { closed: { close: "'done'" } } })
    const one = Life.open([procedure('t-a', [task('a'), closing, task('c')])])
    const late = one.ending('c', 'done')
    one.ends('a')
    one.decides('b', 'closed')
    expect(one.tries(one.action('awa', 'case_manager', late))).toEqual({ code: 'case_closed' })
  })
})

describe('a clock', () => {
  const extend = (one: Life, n: number, unit: 'days' | 'hours' = 'days'): Act => ({
    act: 'extend_clock',
    clock: `${one.item('contact')}.due`,
    by: term(n, unit),
    reason: 'digest',
  })
  it('is extended by the named authority, within its bound, counted over all extensions', () => {
    const one = life()
    expect(refusalOf(one, extend(one, 3))).toMatchObject({ code: 'role_required', who: [{ role: 'supervisor' }] })
    expect(refusalOf(one, extend(one, 3, 'hours'), 'moussa', 'supervisor')?.code).toBe('answers_invalid')
    one.does('moussa', 'supervisor', extend(one, 6))
    expect(one.due('contact')).toBe('2026-12-04T23:59')
    expect(refusalOf(one, extend(one, 5), 'moussa', 'supervisor')).toEqual({
      code: 'limit_reached',
      used: 6,
      most: 10,
      unit: 'days',
    })
  })
})

describe('what is hidden', () => {
  it('does not exist for whoever is not assigned: not found, however asked', () => {
    const hidden = procedure('t-h', [task('x', { role: 'trafficking_focal' })], { visibleTo: ['trafficking_focal'] })
    const one = Life.open([procedure('t-a', [start('go', 't-h'), task('a')]), hidden])
    const act = one.ending('x', 'done')
    for (const role of ['case_manager', 'supervisor', 'national_coordination']) {
      expect(refusalOf(one, act, 'x', role)).toEqual({ code: 'not_found' })
    }
    one.does('oumou', 'trafficking_focal', act)
  })
})
