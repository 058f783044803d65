/** Money: never more than the budget, whatever the order; what was paid reconciles to the franc. */

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { field, procedure, task } from './build.ts'
import { Life } from './life.ts'

const MOST = 100_000
const pay = (id: string, said: Parameters<typeof task>[1] = {}) =>
  task(id, { form: [field('amount', 'money', { budget: 'aid' })], ...said })
const repeat = { kind: 'gap' as const, gap: [], until: ['over'], atMost: 50 }
const steps = [
  pay('first'),
  pay('tranche', { repeat, outcomes: { paid: {}, over: {} } }),
  task('else', { form: [field('amount', 'money')] }),
]
const open = () => Life.open([procedure('t-a', steps, { budgets: { aid: { most: MOST } } })])
const paidOf = (life: Life): number => Object.values(life.state.runs)[0]?.paid?.['aid'] ?? 0
const giving = (life: Life, step: string, outcome: string, amount: number) =>
  life.tries(life.action('awa', 'case_manager', life.ending(step, outcome, { amount })))

describe('a budget', () => {
  it('bears what it holds and not a franc more, and says what is left', () => {
    const life = open()
    expect(giving(life, 'first', 'done', 60_000)).toBeNull()
    expect(giving(life, 'tranche', 'paid', 40_001)).toMatchObject({
      code: 'answers_invalid',
      errors: [{ pointer: '/answers/amount', code: 'over_budget', most: 40_000 }],
    })
    expect(giving(life, 'tranche', 'paid', 40_000)).toBeNull()
    life.passDays(1)
    expect(giving(life, 'tranche', 'paid', 1)).toMatchObject({ errors: [{ code: 'over_budget', most: 0 }] })
    expect(giving(life, 'else', 'done', 1_000_000)).toBeNull()
    life.agrees()
  })
  it('counts a correction by what it changes, within the same ceiling', () => {
    const life = open()
    giving(life, 'first', 'done', 60_000)
    const correct = (amount: number) =>
      life.tries(
        life.action('awa', 'case_manager', {
          act: 'correct_answer',
          step: life.item('first'),
          answers: { amount },
          personal: {},
          reason: 'digest',
        }),
      )
    expect(correct(100_001)).toMatchObject({ errors: [{ code: 'over_budget', most: 100_000 }] })
    expect(correct(45_000)).toBeNull()
    expect(paidOf(life)).toBe(45_000)
    expect(giving(life, 'tranche', 'paid', 55_000)).toBeNull()
    expect(paidOf(life)).toBe(MOST)
  })
  it('is not paid twice by having a payment done again', () => {
    const life = open()
    giving(life, 'first', 'done', 60_000)
    const again = life.action('moussa', 'supervisor', {
      act: 'reopen_step',
      step: life.item('first'),
      within: { n: 2, unit: 'days' },
      reason: 'digest',
    })
    expect(life.tries(again)?.code).toBe('step_not_open')
  })
  it('is never overdrawn, and its payments add up, whatever is asked in whatever order', () => {
    const asked = fc.record({
      step: fc.constantFrom('first', 'tranche', 'tranche', 'tranche', 'correct'),
      amount: fc.integer({ min: 0, max: 70_000 }),
    })
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 30 }), (list) => {
        const life = open()
        for (const { step, amount } of list) {
          life.passDays(1)
          if (step === 'correct') {
            const answers = { amount }
            const item = life.item('first')
            const act = { act: 'correct_answer', step: item, answers, personal: {}, reason: 'digest' } as const
            life.tries(life.action('awa', 'case_manager', act))
          } else if (life.open().includes(step)) giving(life, step, step === 'first' ? 'done' : 'paid', amount)
          expect(paidOf(life)).toBeLessThanOrEqual(MOST)
        }
        expect(life.events('paid').reduce((sum, one) => sum + one.amount, 0)).toBe(paidOf(life))
        life.agrees()
      }),
      { seed: 20261123, numRuns: 200 },
    )
  })
})

describe('a budget in another currency', () => {
  const purse = (given: object) => [procedure('t-a', [pay('first'), pay('second')], { budgets: { aid: given } })]
  it('holds at the rate of the day on which the run began', () => {
    const life = Life.open(purse({ most: 100, currency: 'EUR' }))
    life.declares((settings) => ({
      ...settings,
      rates: {
        EUR: [
          { from: '1999-01-01', xof: 655.957 },
          { from: '2026-12-01', xof: 700 },
        ],
      },
    }))
    life.passTo('2026-12-10T09:00:00Z')
    expect(giving(life, 'first', 'done', 65_596)).toMatchObject({ errors: [{ code: 'over_budget', most: 65_595 }] })
    expect(giving(life, 'first', 'done', 65_595)).toBeNull()
    expect(giving(life, 'second', 'done', 1)).toMatchObject({ errors: [{ code: 'over_budget', most: 0 }] })
  })
  it('is never more than what was granted, and what comes before a grant is nothing', () => {
    const life = Life.open(purse({ most: MOST, grant: 'budget' }))
    expect(giving(life, 'first', 'done', 1)).toMatchObject({ errors: [{ code: 'over_budget', most: 0 }] })
  })
})

describe('a list of purchases', () => {
  it('is paid line by line from one budget', () => {
    const lines = field('lines', 'list', { of: [field('what', 'text'), field('amount', 'money', { budget: 'aid' })] })
    const life = Life.open([procedure('t-a', [task('buy', { form: [lines] })], { budgets: { aid: { most: MOST } } })])
    const buying = (...amounts: number[]) => {
      const rows = amounts.map((amount) => ({ what: 'tools', amount }))
      return life.tries(life.action('awa', 'case_manager', life.ending('buy', 'done', { lines: rows })))
    }
    expect(buying(60_000, 40_001)).toMatchObject({
      errors: [{ pointer: '/answers/lines', code: 'over_budget', most: MOST }],
    })
    expect(buying(60_000, 40_000)).toBeNull()
    expect(paidOf(life)).toBe(MOST)
    life.agrees()
  })
})

describe('a procedure that runs twice', () => {
  it('pays no more in both runs together than its budget holds', () => {
    const any = { begins: [{ kind: 'opening' as const }, { kind: 'any_time' as const, by: ['case_manager'] }] }
    const life = Life.open([procedure('t-a', [pay('first')], { budgets: { aid: { most: MOST } }, ...any })])
    giving(life, 'first', 'done', 70_000)
    life.does('awa', 'case_manager', {
      act: 'begin_procedure',
      procedure: 't-a',
      answers: {},
      personal: {},
      absent: {},
    })
    expect(giving(life, 'first', 'done', 30_001)).toMatchObject({ errors: [{ code: 'over_budget', most: 30_000 }] })
    expect(giving(life, 'first', 'done', 30_000)).toBeNull()
    life.agrees()
  })
})
