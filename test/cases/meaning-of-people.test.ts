/** Sentences 9–15: four eyes, other procedures, facts, endings, stages, consent, overrides. */

import { describe, expect, it } from 'vitest'
import { decision, field, procedure, SETTINGS, start, task, within } from './build.ts'
import { Life } from './life.ts'

describe('9 · four eyes', () => {
  it('refuses a decision to whoever ended what is decided', () => {
    const life = Life.open([procedure('t-a', [task('a'), decision('b', { after: ['a'] })])])
    life.ends('a', 'done', {}, 'moussa')
    expect(life.tries(life.action('moussa', 'supervisor', life.ending('b', 'approved')))?.code).toBe('own_submission')
    life.decides('b', 'approved', {}, 'nana')
  })
})

describe('10 · `start` is idempotent, `each` reconciles', () => {
  const needs = field('needs', 'list', { of: [field('key', 'text', { required: true }), field('family', 'text')] })
  const referral = procedure('t-referral', [task('need', { due: within(1, 'days') })], {
    inputs: [field('family', 'text')],
    begins: [{ kind: 'started' }],
  })
  const plan = procedure('t-plan', [
    task('draft', { form: [needs] }),
    start('referrals', 't-referral', {
      after: ['draft'],
      each: 'draft.needs',
      key: 'key',
      with: { family: 'item.family' },
    }),
  ])
  it('begins one run for each row', () => {
    const life = Life.open([plan, referral])
    life.ends('draft', 'done', {
      needs: [
        { key: 'n1', family: 'health' },
        { key: 'n2', family: 'school' },
      ],
    })
    const runs = Object.values(life.state.runs).filter((run) => run.procedure.id === 't-referral')
    expect(runs.map((run) => [run.key, run.inputs['family']])).toEqual([
      ['n1', 'health'],
      ['n2', 'school'],
    ])
  })
  it('leaves the same rows untouched, supersedes changed and missing ones, begins new ones', () => {
    const life = Life.open([plan, referral])
    life.ends('draft', 'done', {
      needs: [
        { key: 'n1', family: 'health' },
        { key: 'n2', family: 'school' },
      ],
    })
    life.does('awa', 'case_manager', {
      act: 'begin_procedure',
      procedure: 't-plan',
      answers: {},
      personal: {},
      absent: {},
    })
    life.ends('draft', 'done', {
      needs: [
        { key: 'n1', family: 'health' },
        { key: 'n2', family: 'shelter' },
        { key: 'n3', family: 'food' },
      ],
    })
    const runs = Object.values(life.state.runs).filter((run) => run.procedure.id === 't-referral')
    expect(runs.map((run) => [run.key, run.inputs['family'], run.status])).toEqual([
      ['n1', 'health', 'open'],
      ['n2', 'school', 'stopped'],
      ['n2', 'shelter', 'open'],
      ['n3', 'food', 'open'],
    ])
    life.agrees()
  })
})

describe('11 · only facts pass between runs', () => {
  it('reads a fact that another run has set, and its start value before', () => {
    const other = procedure('t-b', [task('x', { when: "risk == 'high'" }), task('y')])
    const life = Life.open([
      procedure('t-a', [
        task('a', { outcomes: { high: { set: { risk: "'high'" } } } }),
        start('go', 't-b', { after: ['a'] }),
      ]),
      other,
    ])
    life.ends('a', 'high')
    expect(life.statusOf('x')).toBe('open')
  })
})

describe('12 · nobody is forgotten', () => {
  it('asks the case manager what comes next when nothing is open', () => {
    const life = Life.open([procedure('t-a', [task('a')])])
    life.ends('a')
    expect(life.open()).toEqual(['choice'])
    life.agrees()
  })
  it('ends a case only by a decision', () => {
    const life = Life.open([
      procedure('t-a', [task('a'), decision('b', { after: ['a'], outcomes: { closed: { close: "'goals'" } } })]),
    ])
    life.ends('a')
    life.decides('b', 'closed')
    expect(life.state).toMatchObject({ status: 'closed', closed: { reason: 'goals' }, clocks: {} })
    life.passDays(400)
    expect(life.entries.at(-1)?.event.kind).toBe('case_closed')
  })
})

describe('13 · the stage is the furthest reached', () => {
  it('does not go back, and restricted runs never count', () => {
    const hidden = procedure('t-h', [task('x', { stage: 'closure', role: 'trafficking_focal' })], {
      visibleTo: ['trafficking_focal'],
    })
    const life = Life.open([
      procedure('t-a', [
        task('a', { stage: 'support' }),
        start('go', 't-h', { after: ['a'] }),
        task('b', { after: ['a'], stage: 'referral' }),
      ]),
      hidden,
    ])
    life.ends('a')
    expect(life.state.stage).toBe('support')
  })
})

describe('14 · consent closes a gate at once', () => {
  it('refuses to share after a withdrawal', () => {
    const life = Life.open([procedure('t-a', [task('send', { requires: ['consent.services'] })])])
    const consent = {
      purpose: 'services',
      state: 'given' as const,
      form: 'written' as const,
      language: 'fr',
      until: null,
    }
    life.does('awa', 'case_manager', { act: 'record_consent', consent })
    const [id = ''] = Object.keys(life.state.consents)
    life.does('awa', 'case_manager', { act: 'withdraw_consent', consent: id })
    expect(life.tries(life.action('awa', 'case_manager', life.ending('send', 'done')))?.code).toBe('gate_closed')
  })
  it('refuses to share from the day after the consent ends, and time itself says so', () => {
    const life = Life.open([procedure('t-a', [task('send', { requires: ['consent.services'] })])])
    const consent = { purpose: 'services', state: 'given', form: 'oral', language: 'bm', until: '2026-12-31' } as const
    life.does('awa', 'case_manager', { act: 'record_consent', consent })
    const sending = () => life.tries(life.action('awa', 'case_manager', life.ending('send', 'done')))
    life.passTo('2026-12-31T23:59:00Z')
    expect(Object.values(life.state.consents).map((one) => one.state)).toEqual(['given'])
    life.passTo('2027-01-01T00:00:00Z')
    expect(life.entries.at(-1)).toMatchObject({ by: { kind: 'time' }, event: { kind: 'consent_ended' } })
    expect(sending()?.code).toBe('gate_closed')
    life.does('awa', 'case_manager', { act: 'record_consent', consent: { ...consent, until: null } })
    expect(sending()).toBeNull()
  })
  it('takes what each run asks for itself only at its own step', () => {
    const life = Life.open([procedure('t-a', [task('a')])])
    const consent = { purpose: 'sharing', state: 'given', form: 'oral', language: 'bm', until: null } as const
    expect(life.tries(life.action('awa', 'case_manager', { act: 'record_consent', consent }))).toMatchObject({
      code: 'answers_invalid',
      errors: [{ pointer: '/consent/purpose', code: 'not_an_option', expected: ['services'] }],
    })
  })
})

describe('15 · an override needs a reason and a second signature', () => {
  const steps = [task('a', { requires: ['guardian'] }), task('b', { after: ['a'] })]
  it('does nothing before somebody else has signed', () => {
    const life = Life.open([procedure('t-a', steps)], { home: 'ml-kayes', unaccompanied: true }, SETTINGS)
    const filled = { outcome: 'done', answers: {}, personal: {}, absent: {}, evidence: {} }
    life.does('moussa', 'supervisor', { act: 'override_step', step: life.item('a'), reason: 'digest', ...filled })
    expect(life.statusOf('a')).toBe('open')
    const same = life.tries(life.action('moussa', 'supervisor', { act: 'countersign', step: life.item('a') }))
    expect(same?.code).toBe('second_person_required')
    const other = life.tries(life.action('nana', 'supervisor', { act: 'countersign', step: life.item('a') }))
    expect(other).toMatchObject({ code: 'second_person_required', who: [{ role: 'child_protection' }] })
    life.does('oumar', 'child_protection', { act: 'countersign', step: life.item('a') })
    expect(life.statusOf('b')).toBe('open')
    life.agrees()
  })
  const filled = { outcome: 'done', answers: {}, personal: {}, absent: {}, evidence: {}, reason: 'digest' }
  it('is signed by a supervisor where no gate is passed', () => {
    const life = Life.open([procedure('t-a', [task('a'), task('b', { after: ['a'] })])])
    life.does('moussa', 'supervisor', { act: 'override_step', step: life.item('a'), ...filled })
    life.does('nana', 'supervisor', { act: 'countersign', step: life.item('a') })
    expect(life.statusOf('b')).toBe('open')
  })
  it('never stands in for the consent of the person, even one that ends before the second signature', () => {
    const shares = [task('a', { requires: ['consent.services'] }), task('b', { after: ['a'] })]
    const life = Life.open([procedure('t-a', shares)])
    const override = { act: 'override_step', step: life.item('a'), ...filled } as const
    expect(life.tries(life.action('moussa', 'supervisor', override))?.code).toBe('gate_closed')
    const consent = { purpose: 'services', state: 'given', form: 'oral', language: 'bm', until: '2026-11-24' } as const
    life.does('awa', 'case_manager', { act: 'record_consent', consent })
    life.does('moussa', 'supervisor', override)
    life.passDays(3)
    const sign = life.action('nana', 'supervisor', { act: 'countersign', step: life.item('a') })
    expect(life.tries(sign)?.code).toBe('gate_closed')
  })
  it('supplies what later steps read, though the form itself would let it go', () => {
    const date = field('on', 'date')
    const due = [{ then: { terms: [], anchor: { kind: 'field', step: 'a', field: 'on' } as const } }]
    const life = Life.open([
      procedure('t-a', [task('a', { form: [date, field('aside', 'text')] }), task('b', { after: ['a'], due })]),
    ])
    const override = { act: 'override_step', step: life.item('a'), ...filled } as const
    expect(life.tries(life.action('moussa', 'supervisor', override))).toMatchObject({
      errors: [{ pointer: '/answers/on', code: 'required' }],
    })
    life.does('moussa', 'supervisor', { ...override, answers: { on: '2026-12-01' } })
  })
})
