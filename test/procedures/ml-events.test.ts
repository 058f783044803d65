/** The events of §8.9: each begins at any time, acts on all that is open, and leaves a named person to decide. */

import { beforeAll, describe, expect, it } from 'vitest'
import { begins, mali, settled } from './ml-life.ts'
import type { Walk } from './walk.ts'

let walk: () => Walk
beforeAll(async () => {
  walk = await mali()
})
const refusedTo = (w: Walk, procedure: string, role: string, answers = {}): string => {
  try {
    begins(w, procedure, role, answers)
    return 'done'
  } catch (error) {
    return String((error as Error).message)
  }
}

describe('a death', () => {
  it('stops every clock at once, and everything for good when it is confirmed', () => {
    const w = settled(walk())
    begins(w, 'ml-death', 'antenna_agent', { source: 'community' })
    const told = w.told().length
    w.pass(1)
    expect(
      w
        .told()
        .slice(told)
        .filter((one) => !one.startsWith('death.')),
    ).toEqual([])
    w.end('death.confirmation', 'confirmed', {}, 'moussa')
    expect([...w.openSteps(), ...w.waitingSteps()].toSorted()).toEqual(['death.dependants', 'death.family'])
    expect(w.fact('deceased')).toBe(true)
  })
  it('leaves nothing to begin afterwards, and no letter without a person who releases it', () => {
    const w = settled(walk())
    begins(w, 'ml-death', 'antenna_agent', { source: 'family' })
    w.end('death.confirmation', 'confirmed', {}, 'moussa')
    expect(refusedTo(w, 'ml-referral', 'case_manager', { family: 'health', urgency: '3d' })).toContain('gate_closed')
    expect(refusedTo(w, 'ml-death', 'antenna_agent', { source: 'family' })).toContain('gate_closed')
    w.end('death.family', 'told')
    w.end('death.dependants', 'none', {}, 'fatoumata')
    w.end('death.letter', 'released', {}, 'moussa')
    w.end('death.end', 'closed', {}, 'nana')
    expect(w.state.closed?.reason).toBe('death')
  })
  it('that was announced by mistake lets every clock go on with what was left', () => {
    const w = settled(walk())
    const left = () =>
      Object.values(w.state.clocks).flatMap(({ item, marks }) => (item.startsWith('economic') ? marks.length : []))
    const before = left()
    begins(w, 'ml-death', 'antenna_agent', { source: 'community' })
    w.pass(1)
    w.end('death.confirmation', 'mistaken', {}, 'moussa')
    expect(left()).toEqual(before)
    expect(w.openSteps()).toContain('economic.pathway')
  })
})

describe('a new migration', () => {
  it('makes the case dormant for twelve months, after which closure may be proposed', () => {
    const w = settled(walk())
    begins(w, 'ml-remigration', 'case_manager')
    w.end('remigration.talk', 'unreachable')
    w.pass(370)
    expect(w.told()).toContain('remigration.dormant case_manager')
    w.end('remigration.dormant', 'gone')
    expect(w.openSteps()).toContain('closure.proposal')
  })
})

describe('a move to another region', () => {
  it('takes every step with it once accepted, clocks running, and never without a case manager', () => {
    const w = settled(walk())
    const pathway = () => Object.entries(w.state.clocks).find(([id]) => id.includes('pathway') && id.endsWith('.due'))
    const owner = () => w.step('economic.pathway')?.owner
    begins(w, 'ml-transfer', 'case_manager')
    w.end('transfer.request', 'asked', { to: 'ml-bamako' }, 'fatoumata')
    const before = pathway()?.[1].target
    expect(owner()).toBe('fatoumata')
    w.end('transfer.acceptance', 'accepted', { manager: 'hawa' }, 'mariam')
    expect([w.fact('home'), w.fact('case_manager'), owner()]).toEqual(['ml-bamako', 'hawa', 'hawa'])
    expect(w.step('economic.pathway')?.place).toBe('ml-bamako')
    expect(pathway()?.[1]).toMatchObject({ place: 'ml-bamako', target: before })
  })
  it('stays where it is while the other region has not accepted, and goes to the national level when it declines', () => {
    const w = settled(walk())
    begins(w, 'ml-transfer', 'case_manager')
    w.end('transfer.request', 'asked', { to: 'ml-bamako' }, 'fatoumata')
    w.end('transfer.acceptance', 'declined', {}, 'mariam')
    expect(w.fact('home')).toBe('ml-kayes')
    w.end('transfer.dispute', 'imposed', { manager: 'hawa' }, 'ibrahim')
    expect(w.fact('home')).toBe('ml-bamako')
  })
})

describe('a complaint', () => {
  const complain = (w: Walk, answers: Record<string, string>) =>
    begins(w, 'ml-complaint', 'registration_agent', answers)
  it('is acknowledged, looked into and answered by others than the person it is about', () => {
    const w = settled(walk())
    const act = { kind: 'conduct', about: 'souleymane' }
    w.act('somebody', [{ role: 'case_manager', place: 'ml-kayes' }], {
      act: 'begin_procedure',
      procedure: 'ml-complaint',
      answers: act,
      personal: { words: 'digest' },
      absent: {},
    })
    expect(w.refusal('complaint.reception', 'acknowledged', {}, 'souleymane')).toContain('not_found')
    w.end('complaint.reception', 'acknowledged')
    w.end('complaint.inquiry', 'done')
    w.end('complaint.answer', 'founded', {}, 'fanta')
    w.end('complaint.answer_told', 'told')
    expect(w.openSteps().filter((step) => step.startsWith('complaint'))).toEqual([])
  })
  it('of sexual exploitation goes outside at once, and nobody of the service looks into it', () => {
    const w = settled(walk())
    w.act('somebody', [{ role: 'case_manager', place: 'ml-kayes' }], {
      act: 'begin_procedure',
      procedure: 'ml-complaint',
      answers: { kind: 'sexual_exploitation' },
      personal: { words: 'digest' },
      absent: {},
    })
    expect(w.openSteps().filter((step) => step.startsWith('complaint'))).toEqual(['complaint.outside'])
    w.pass(1.1)
    expect(w.told().filter((one) => one.startsWith('complaint'))).toEqual(['complaint.outside outside_contact'])
  })
  it('cannot be begun without what was said', () => {
    expect(() => complain(settled(walk()), { kind: 'conduct' })).toThrow('required')
  })
})

describe('a threat', () => {
  it('stops visits at once, and a supervisor reviews every month', () => {
    const w = settled(walk())
    w.pass(25)
    begins(w, 'ml-threat', 'case_manager', { kind: 'area' })
    expect(w.refusal('follow-up.m1', 'seen')).toContain('on_hold')
    w.end('threat.verdict', 'stay_away', {}, 'moussa')
    w.end('threat.review', 'unsafe', {}, 'moussa')
    w.pass(30)
    w.end('threat.review', 'safe', {}, 'moussa')
    expect(w.refusal('follow-up.m1', 'seen')).toBe('done')
  })
})

describe('two cases for one person', () => {
  const older = '25-0000-018'
  it('become one: the younger closes and names the older, and loses nothing', () => {
    const w = settled(walk())
    begins(w, 'ml-duplicate', 'case_manager', { other: older })
    w.end('duplicate.comparison', 'compared', {}, 'fatoumata')
    const before = w.entries.length
    w.end('duplicate.verdict', 'same_person', {}, 'moussa')
    expect([w.state.status, w.state.closed?.reason, w.fact('merged_into')]).toEqual(['closed', 'duplicate', older])
    expect(w.entries.length).toBeGreaterThan(before)
  })
  it('become two again when it was a mistake', () => {
    const w = settled(walk())
    begins(w, 'ml-duplicate', 'case_manager', { other: older })
    w.end('duplicate.comparison', 'compared', {}, 'fatoumata')
    w.end('duplicate.verdict', 'same_person', {}, 'moussa')
    begins(w, 'ml-separation', 'supervisor')
    w.end('separation.request', 'asked', {}, 'fatoumata')
    w.end('separation.verdict', 'separated', {}, 'moussa')
    expect([w.state.status, w.fact('merged_into')]).toEqual(['open', ''])
    expect(w.openSteps()).toContain('what-next.choice')
  })
})
