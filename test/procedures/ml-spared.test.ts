/** What ends or holds a whole case leaves what is restricted to its own people, who are told in their own way. */

import { beforeAll, describe, expect, it } from 'vitest'
import { begins, mali, settled } from './ml-life.ts'
import type { Walk } from './walk.ts'

let walk: () => Walk
beforeAll(async () => {
  walk = await mali()
})

/** A complaint about a colleague and a confidential report, both just received. */
function reported(): Walk {
  const w = settled(walk())
  begins(w, 'ml-trafficking', 'case_manager')
  w.act('somebody', [{ role: 'case_manager', place: 'ml-kayes' }], {
    act: 'begin_procedure',
    procedure: 'ml-complaint',
    answers: { kind: 'conduct', about: 'fatoumata' },
    personal: { words: 'digest' },
    absent: {},
  })
  return w
}
function announced(): Walk {
  const w = reported()
  begins(w, 'ml-death', 'antenna_agent', { source: 'community' })
  return w
}
const restricted = (w: Walk) => w.openSteps().filter((step) => /^(complaint|trafficking|protected-help)\./.test(step))

describe('a death that somebody announces', () => {
  it('holds every ordinary clock, and none of the protection of the person', () => {
    const w = announced()
    const held = Object.values(w.state.clocks).filter(({ heldBy }) => heldBy.length > 0)
    expect(held.length).toBeGreaterThan(0)
    expect(held.filter(({ item }) => /^(complaint|trafficking)/.test(item))).toEqual([])
    w.end('trafficking.signs', 'signs')
    w.end('trafficking.safety', 'safe')
    w.end('complaint.reception', 'acknowledged')
  })
  it('stops the ordinary runs when it is confirmed; the others go on, and their people are told', () => {
    const w = announced()
    const before = w.events('notice_given').length
    w.end('death.confirmation', 'confirmed', {}, 'moussa')
    expect(restricted(w)).toEqual(['trafficking.signs', 'complaint.reception'])
    expect(w.openSteps().filter((step) => !restricted(w).includes(step))).toEqual(['death.family', 'death.dependants'])
    const told = w.events('notice_given').slice(before)
    expect(told.map(({ item, to }) => [item.split('-')[0], to])).toEqual([
      ['trafficking', 'trafficking_focal'],
      ['complaint', 'complaints_officer'],
    ])
  })
  it('lets the case be closed once both have come to their own end', () => {
    const w = announced()
    w.end('death.confirmation', 'confirmed', {}, 'moussa')
    w.end('trafficking.signs', 'signs')
    w.end('death.family', 'told')
    w.end('death.dependants', 'none', {}, 'fatoumata')
    w.end('death.letter', 'none', {}, 'moussa')
    const closing = () => w.refusal('death.end', 'closed', {}, 'nana')
    expect(closing()).toContain('on_hold')
    w.end('trafficking.follow_up', 'died')
    expect(closing()).toContain('on_hold')
    w.end('complaint.reception', 'acknowledged')
    w.end('complaint.inquiry', 'done')
    w.end('complaint.answer', 'founded', {}, 'fanta')
    w.end('complaint.answer_told', 'not_reached')
    expect(closing()).toBe('done')
    expect(w.state.closed?.reason).toBe('death')
  })
})

describe('a suspension', () => {
  it('leaves clocks running among those who look after a report', () => {
    const w = reported()
    w.act('moussa', [{ role: 'supervisor', place: 'ml-kayes' }], {
      act: 'suspend',
      reason: 'digest',
      reviewOn: '2027-03-01',
    })
    w.pass(5)
    expect(w.told().filter((one) => one.startsWith('economic.'))).toEqual([])
    expect(w.told()).toContain('trafficking.signs national_trafficking')
    expect(w.told()).toContain('complaint.reception complaints_officer')
  })
})

describe('a closure of any kind', () => {
  it('waits for a complaint, without saying what for', () => {
    const w = reported()
    w.end('trafficking.signs', 'no_sign')
    begins(w, 'ml-closure', 'case_manager')
    w.end('closure.proposal', 'proposed', { reason: 'goals_reached' }, 'fatoumata')
    w.end('closure.approval', 'approved', {}, 'moussa')
    w.end('closure.last_meeting', 'not_possible', {}, 'fatoumata')
    expect(w.refusal('closure.archive', 'closed', {}, 'nana')).toContain('on_hold')
    w.end('complaint.reception', 'acknowledged')
    w.end('complaint.inquiry', 'done')
    w.end('complaint.answer', 'partly', {}, 'fanta')
    w.end('complaint.answer_told', 'told')
    w.end('closure.archive', 'closed', {}, 'nana')
    expect(w.state.closed?.reason).toBe('goals_reached')
  })
})
