/** PR-MED row by row: urgent care first, unfitness that suspends economic support, and what is left of its clocks. */

import { beforeAll, describe, expect, it } from 'vitest'
import { begins, mali, settled } from './ml-life.ts'
import type { Walk } from './walk.ts'

let walk: () => Walk
beforeAll(async () => {
  walk = await mali()
})

describe('somebody who arrives ill', () => {
  it('goes to hospital within the hour, and leaves the centre only after the discharge', () => {
    const w = walk()
    w.open('case', 'ml-reception', 'senou', { arrived_on: '2026-11-23', centre: 'senou', sick: true })
    w.end('reception.triage', 'ours', { sick: true })
    w.end('health.triage', 'urgent')
    w.pass(2 / 24)
    expect(w.told()).toContain('health.admission civil_protection')
    w.end('health.admission', 'admitted')
    w.end('health.screening', 'well')
    w.end('reception.registration', 'registered', { destination: 'ml-kayes', safe_contact: true })
    w.end('reception.admission', 'done')
    w.end('reception.short_interview', 'done')
    w.end('reception.arrival_cash', 'paid')
    expect(w.refusal('reception.onward_transport', 'left')).toContain('on_hold')
    w.end('health.stay', 'still_in')
    w.pass(7)
    w.end('health.stay', 'discharged')
    expect(w.refusal('reception.onward_transport', 'left')).toBe('done')
  })

  it('is cared for whether or not the file may be passed on', () => {
    const w = settled(walk())
    begins(w, 'ml-health', 'case_manager')
    w.end('health.triage', 'care')
    const refused = { state: 'refused', form: 'oral', language: 'bm', until: null }
    w.end('health.sharing', 'refused', { sharing: refused })
    w.end('health.care_plan', 'planned', { fit: 'fit', paid: true })
    w.end('health.cost', 'paid', { amount: 75_000 })
    expect(w.openSteps()).not.toContain('health.file')
    expect(w.fact('fit_to_work')).toBe('fit')
  })
})

describe('somebody unfit for work', () => {
  function unfit(): Walk {
    const w = settled(walk())
    begins(w, 'ml-health', 'case_manager')
    w.end('health.triage', 'care')
    w.pass(3)
    w.end('health.care_plan', 'planned', { fit: 'unfit', paid: false })
    return w
  }
  const pathway = (w: Walk) =>
    Object.values(w.state.clocks).find((clock) => clock.item.includes('pathway') && clock.kind === 'due')

  it('has economic support suspended with its clocks, until a review that has a clock of its own', () => {
    const w = unfit()
    expect(pathway(w)?.heldBy).toHaveLength(1)
    expect(w.refusal('economic.pathway', 'job', { training: false })).toContain('gate_closed')
    w.end('health.suspension', 'suspended', { review: '2027-02-01' }, 'moussa')
    expect(pathway(w)?.heldBy).toHaveLength(1)
    const told = w.told().length
    w.pass(90)
    expect(
      w
        .told()
        .slice(told)
        .filter((one) => one.startsWith('economic.')),
    ).toEqual([])
    expect(w.told()).toContain('health.fitness medic')
  })

  it('goes on with exactly what was left once fit again', () => {
    const w = unfit()
    const before = pathway(w)?.left
    w.end('health.suspension', 'suspended', { review: '2027-02-01' }, 'moussa')
    w.pass(60)
    w.end('health.fitness', 'unfit')
    w.pass(30)
    expect(pathway(w)?.left).toEqual(before)
    w.end('health.fitness', 'fit')
    expect(pathway(w)?.heldBy).toEqual([])
    expect(pathway(w)?.target).toBeGreaterThan(w.now)
    w.end('economic.pathway', 'job', { training: false })
  })

  it('may be unfit for good: the supervisor decides what follows', () => {
    const w = unfit()
    w.end('health.suspension', 'suspended', { review: '2027-02-01' }, 'moussa')
    w.end('health.fitness', 'lasting')
    w.end('health.outlook', 'revise', {}, 'moussa')
    expect(w.openSteps()).toContain('plan.draft')
  })
})

describe('somebody in distress', () => {
  it('is seen within twenty-four hours where there is a suicidal risk', () => {
    const w = settled(walk())
    begins(w, 'ml-health', 'case_manager')
    w.end('health.screening', 'needs_support', { score: 5, suicide: true })
    w.pass(1.1)
    expect(w.told()).toContain('health.counselling psychologist')
    w.end('health.counselling', 'begun')
    w.end('health.support', 'goes_on')
    w.pass(31)
    w.end('health.support', 'over')
  })
})
