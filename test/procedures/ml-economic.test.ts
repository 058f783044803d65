/** PR-ECO row by row: kit, tranches on date and proof, appeals, and not a franc over the ceiling. */

import { beforeAll, describe, expect, it } from 'vitest'
import { mali, settled } from './ml-life.ts'
import type { Walk } from './walk.ts'

/** EUR 3,000 at the fixed parity of 655.957. */
const CEILING = 1_967_871

let walk: () => Walk
beforeAll(async () => {
  walk = await mali()
})

function granted(amount: number): Walk {
  const w = settled(walk())
  w.end('economic.pathway', 'activity', { collective: false, training: false })
  w.end('economic.file', 'submitted', { cost: amount }, 'fatoumata')
  w.end('economic.check', 'complete', {}, 'assitan')
  w.end('economic.commission', 'accepted', { granted: amount }, 'bakary')
  w.end('economic.contract', 'signed')
  return w
}
const lines = (...amounts: number[]) => ({
  lines: amounts.map((amount, index) => ({ key: `f${index + 1}`, item: 'tools', amount })),
})
const paid = (w: Walk): number =>
  w.entries.reduce(
    (sum, { event }) => (event.kind === 'paid' && event.budget === 'project' ? sum + event.amount : sum),
    0,
  )

describe('an income-generating activity', () => {
  it('goes from the pathway to the final report, with its money in two parts', () => {
    const w = granted(1_000_000)
    w.end('economic.first_tranche', 'bought', lines(400_000, 200_000))
    w.end('economic.handover', 'handed_over')
    w.pass(35)
    w.end('economic.visits', 'seen')
    w.pass(60)
    w.end('economic.visits', 'seen')
    expect(w.waitingSteps()).toContain('economic.second_tranche')
    w.pass(95)
    w.end('economic.second_tranche', 'not_proved')
    w.end('economic.second_tranche', 'paid', { amount: 400_000 })
    w.end('economic.final_report', 'reported', {}, 'fatoumata')
    w.end('economic.report_approved', 'approved', {}, 'moussa')
    expect(w.openSteps().filter((step) => step.startsWith('economic.'))).toEqual([])
    expect(paid(w)).toBe(1_000_000)
  })

  it('is never paid more than was granted, line by line', () => {
    const w = granted(600_000)
    expect(w.refusal('economic.first_tranche', 'bought', lines(400_000, 200_001))).toContain('over_budget')
    expect(w.refusal('economic.first_tranche', 'bought', lines(400_000, 200_000))).toBe('done')
  })

  it('is never paid more than EUR 3,000, whatever was granted', () => {
    const w = granted(2_500_000)
    expect(w.refusal('economic.first_tranche', 'bought', lines(CEILING, 1))).toContain('over_budget')
    expect(w.refusal('economic.first_tranche', 'bought', lines(CEILING))).toBe('done')
  })

  it('may be refused by the commission, and the refusal reviewed by others', () => {
    const w = settled(walk())
    w.end('economic.pathway', 'activity', { collective: true, training: true })
    w.end('economic.seat', 'waiting')
    w.end('economic.seat', 'seated', { from: '2027-01-15' })
    w.end('economic.training', 'trained')
    w.end('economic.file', 'submitted', {}, 'fatoumata')
    w.end('economic.check', 'incomplete', {}, 'assitan')
    w.end('economic.file', 'submitted', {}, 'fatoumata')
    w.end('economic.check', 'complete', {}, 'assitan')
    w.end('economic.commission', 'refused', {}, 'bakary')
    w.end('economic.appeal_lodged', 'lodged')
    expect(w.refusal('economic.appeal', 'granted', { granted: 10 }, 'bakary')).toContain('own_submission')
    w.end('economic.appeal', 'granted', { granted: 500_000 }, 'amadou')
    expect(w.openSteps()).toContain('economic.contract')
  })

  it('asks for a review in fifteen days, and silence leads to no more than a proposal', () => {
    const w = settled(walk())
    w.end('economic.pathway', 'activity', { collective: false, training: false })
    w.end('economic.file', 'submitted', {}, 'fatoumata')
    w.end('economic.check', 'complete', {}, 'assitan')
    w.end('economic.commission', 'refused', {}, 'bakary')
    w.pass(16)
    expect(w.openSteps()).toContain('closure.proposal')
    expect(w.state.status).toBe('open')
  })
})

describe('money that nobody claims or proves', () => {
  it('comes before the supervisor after four months, who may give four more', () => {
    const w = settled(walk())
    w.end('economic.pathway', 'activity', { collective: false, training: false })
    w.end('economic.file', 'submitted', {}, 'fatoumata')
    w.end('economic.check', 'complete', {}, 'assitan')
    w.end('economic.commission', 'accepted', { granted: 500_000 }, 'bakary')
    w.pass(125)
    w.end('economic.unclaimed', 'again', {}, 'moussa')
    expect(w.openSteps()).toContain('economic.contract')
  })

  it('is not lost by the twelve months alone: a named person decides', () => {
    const w = granted(500_000)
    w.end('economic.first_tranche', 'bought', lines(100_000))
    w.end('economic.handover', 'handed_over')
    w.pass(35)
    w.end('economic.visits', 'seen')
    w.pass(60)
    w.end('economic.visits', 'missed')
    w.pass(300)
    expect(w.openSteps()).toContain('economic.withheld')
    w.end('economic.withheld', 'pay', {}, 'moussa')
    expect(w.refusal('economic.late_payment', 'paid', { amount: 400_001 })).toContain('over_budget')
    w.end('economic.late_payment', 'paid', { amount: 400_000 })
    expect(w.openSteps()).toContain('economic.final_report')
  })

  it('can be given more time by the supervisor before it lapses', () => {
    const w = granted(500_000)
    w.end('economic.first_tranche', 'bought', lines(100_000))
    w.end('economic.handover', 'handed_over')
    for (const days of [35, 60]) {
      w.pass(days)
      w.end('economic.visits', 'seen')
    }
    w.pass(95)
    const clock = Object.keys(w.state.clocks).find((id) => id.includes('second_tranche') && id.endsWith('.lapses'))
    w.act('moussa', [{ role: 'supervisor', place: 'ml-kayes' }], {
      act: 'extend_clock',
      clock: clock ?? '',
      by: { n: 6, unit: 'months' },
      reason: 'digest',
    })
    w.pass(250)
    expect(w.openSteps()).toContain('economic.second_tranche')
  })
})

describe('a job', () => {
  it('is looked for three times, then the plan is revised', () => {
    const w = settled(walk())
    for (let tries = 0; tries < 3; tries += 1) {
      w.end('economic.pathway', 'job', { training: false })
      w.end('economic.job', 'not_inserted')
    }
    expect(w.openSteps()).toContain('plan.draft')
  })
})
