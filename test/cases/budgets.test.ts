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
