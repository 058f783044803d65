/** Once a death is confirmed nothing begins any more: not by hand, not for many cases at once, not by a date. */

import { beforeAll, describe, expect, it } from 'vitest'
import type { CompiledProcedure } from '../../procedures/language/compiled.ts'
import { begins, mali, proceduresOfMali, settled } from './ml-life.ts'
import type { Walk } from './walk.ts'

let walk: () => Walk
let procedures: CompiledProcedure[]
beforeAll(async () => {
  ;[walk, procedures] = await Promise.all([mali(), proceduresOfMali()])
})
const dead = (w: Walk): Walk => {
  begins(w, 'ml-death', 'antenna_agent', { source: 'family' })
  w.end('death.confirmation', 'confirmed', {}, 'moussa')
  return w
}
const anyTime = (one: CompiledProcedure) => one.begins.filter(({ kind }) => kind === 'any_time' || kind === 'batch')

describe('after a death', () => {
  it('every procedure that may begin at any time asks whether the person is alive, but for what is confided', () => {
    const without = procedures.filter((one) => anyTime(one).length > 0 && !one.requires?.includes('alive'))
    expect(without.map(({ id }) => id).toSorted()).toEqual(['ml-clearance', 'ml-complaint', 'ml-trafficking'])
    expect(without.every(({ visibleTo }) => visibleTo !== null)).toBe(true)
  })
  it('each of them is refused by that gate and by nothing else, and leaves no trace', () => {
    const w = dead(settled(walk()))
    const [open, length] = [w.openSteps(), w.entries.length]
    for (const one of procedures)
      for (const way of one.begins) {
        if (way.kind !== 'any_time' || one.visibleTo !== null) continue
        const [role = ''] = way.by
        expect(() => begins(w, one.id, role), one.id).toThrow(/"code":"gate_closed".*"gate":"alive"/)
      }
    expect([w.openSteps(), w.entries.length]).toEqual([open, length])
  })
  it('nobody consents any more in their name', () => {
    const w = dead(settled(walk()))
    const consent = { purpose: 'photograph', state: 'given', form: 'oral', language: 'bm', until: null } as const
    const given = () =>
      w.act('fatoumata', [{ role: 'case_manager', place: 'ml-kayes' }], { act: 'record_consent', consent })
    expect(given).toThrow(/"code":"gate_closed".*"gate":"alive"/)
  })
  it('a complaint is still received: it is about others', () => {
    const w = dead(settled(walk()))
    w.act('somebody', [{ role: 'antenna_agent', place: 'ml-kayes' }], {
      act: 'begin_procedure',
      procedure: 'ml-complaint',
      answers: { kind: 'conduct' },
      personal: { words: 'digest' },
      absent: {},
    })
    expect(w.openSteps()).toContain('complaint.reception')
  })
  it('nothing that had ended is done again, and nobody is asked anything on the day a child would have come of age', () => {
    const w = walk()
    w.open('case', 'ml-reception', 'senou', { arrived_on: '2026-11-23', centre: 'senou', unaccompanied: true })
    w.end('reception.triage', 'ours')
    w.end('child.safety', 'sheltered')
    w.end('child.report', 'reported')
    w.end('child.placement', 'placed')
    w.end('guardianship.provisional', 'named')
    w.end('child.bia', 'assessed', { turns_18_on: '2027-02-01', level: 'high' }, 'rokia')
    const triage = Object.keys(w.state.runs).find((id) => id.startsWith('reception')) ?? ''
    begins(w, 'ml-death', 'antenna_agent', { source: 'family' }, 'ml-bamako')
    w.end('death.confirmation', 'confirmed', {}, 'mariam')
    const again = () =>
      w.act('mariam', [{ role: 'supervisor', place: 'ml-bamako' }], {
        act: 'reopen_step',
        step: `${triage}.triage.1`,
        within: { n: 1, unit: 'days' },
        reason: 'digest',
      })
    expect(again).toThrow(/step_not_open/)
    w.pass(120)
    expect(w.openSteps().filter((step) => !step.startsWith('death.'))).toEqual([])
  })
})
