/** People who go away or leave: one act moves what they had in a case, and its counterpart brings it back. */

import { describe, expect, it } from 'vitest'
import type { Act } from '../../cases/actions.ts'
import type { CompiledProcedure } from '../../procedures/language/compiled.ts'
import { decision, field, procedure, task } from './build.ts'
import { Life } from './life.ts'

const visit = procedure('t-visit', [
  task('call'),
  task('visit', { after: ['call'] }),
  task('record', { role: 'finance' }),
  decision('approve', { after: ['visit'] }),
])
const secret = procedure('t-secret', [task('look', { role: 'child_protection' })], {
  begins: [{ kind: 'any_time', by: ['child_protection'] }],
  visibleTo: ['child_protection'],
})

const over = (from: string, to: string, more: Partial<Extract<Act, { act: 'hand_over' }>> = {}): Act => ({
  act: 'hand_over',
  handover: `h-${from}`,
  from,
  to,
  because: 'leave',
  returns: true,
  ...more,
})
const back = (from: string): Act => ({ act: 'hand_back', handover: `h-${from}` })

function managedBy(user: string, procedures: CompiledProcedure[] = [visit]): Life {
  const life = Life.open(procedures)
  life.does('moussa', 'supervisor', { act: 'change_case_manager', to: user, reason: null })
  return life
}
const begins = (life: Life, id: string, user: string, role: string): void =>
  life.does(user, role, { act: 'begin_procedure', procedure: id, answers: {}, personal: {}, absent: {} })

describe('a handover', () => {
  it('moves the case, every step owned and every step by name, in one act', () => {
    const life = managedBy('fatou')
    life.does('moussa', 'supervisor', { act: 'assign_step', step: life.item('record'), to: 'fatou', reason: null })
    life.does('moussa', 'supervisor', over('fatou', 'oumar'))
    expect(life.state.facts['case_manager']).toBe('oumar')
    expect([life.step('call')?.owner, life.step('record')?.owner]).toEqual(['oumar', 'oumar'])
    expect(life.step('record')?.roles).toEqual([{ role: 'finance' }, { user: 'oumar' }])
    expect(life.events('handed_over')).toHaveLength(1)
    life.agrees()
  })

  it('leaves alone what belongs to somebody else', () => {
    const life = managedBy('fatou')
    life.does('moussa', 'supervisor', { act: 'assign_step', step: life.item('record'), to: 'sali', reason: null })
    life.does('moussa', 'supervisor', over('fatou', 'oumar'))
    expect(life.step('record')?.owner).toBe('sali')
  })

  it('leaves what is restricted to its own ladder, and does not tell that it is there', () => {
    const life = managedBy('fatou', [visit, secret])
    begins(life, 't-secret', 'fatou', 'child_protection')
    life.does('fatou', 'child_protection', { act: 'delegate', step: life.item('look'), to: 'fatou' })
    life.does('moussa', 'supervisor', over('fatou', 'oumar'))
    expect(life.step('look')?.owner).toBe('fatou')
    expect(life.events('handed_over')[0]?.items.join()).not.toContain('look')
    const only = managedBy('sali', [visit, secret])
    begins(only, 't-secret', 'fatou', 'child_protection')
    only.does('fatou', 'child_protection', { act: 'delegate', step: only.item('look'), to: 'fatou' })
    const refusal = only.tries(only.action('moussa', 'supervisor', over('fatou', 'oumar')))
    expect(refusal).toEqual({ code: 'not_found' })
  })

  it('of the case to a new manager takes no step of a restricted run along, whoever has it', () => {
    const kept = procedure('t-kept', [task('look', { role: 'case_manager' })], {
      begins: [{ kind: 'any_time', by: ['case_manager'] }],
      visibleTo: ['case_manager'],
    })
    const life = managedBy('fatou', [visit, kept])
    begins(life, 't-kept', 'fatou', 'case_manager')
    life.does('moussa', 'supervisor', { act: 'change_case_manager', to: 'oumar', reason: null })
    expect([life.step('call')?.owner, life.step('look')?.owner]).toEqual(['oumar', 'fatou'])
    life.agrees()
  })

  it('is for those who supervise the place of the case', () => {
    const life = managedBy('fatou')
    const elsewhere = [{ role: 'supervisor', place: 'ml-bamako' }]
    expect(life.tries(life.action('moussa', elsewhere, over('fatou', 'oumar')))?.code).toBe('role_required')
    expect(life.tries(life.action('fatou', 'case_manager', over('fatou', 'oumar')))?.code).toBe('role_required')
  })

  it('gives what opens meanwhile to the successor, by role and by name', () => {
    const named = procedure('t-named', [
      task('choose', { form: [field('who', 'user')] }),
      task('wait', { role: 'supervisor', after: ['choose'] }),
      { ...task('act', { after: ['wait'] }), role: [{ then: [{ field: 'choose.who', type: 'user' as const }] }] },
    ])
    const life = managedBy('fatou', [visit, named])
    begins(life, 't-named', 'fatou', 'case_manager')
    life.ends('choose', 'done', { who: 'fatou' })
    life.does('moussa', 'supervisor', over('fatou', 'oumar'))
    life.ends('call', 'done', {}, 'oumar')
    life.ends('wait', 'done', {}, 'moussa', 'supervisor')
    expect([life.step('visit')?.owner, life.step('act')?.owner]).toEqual(['oumar', 'oumar'])
    life.does('moussa', 'supervisor', back('fatou'))
    expect([life.step('visit')?.owner, life.step('act')?.owner]).toEqual(['fatou', 'fatou'])
    life.agrees()
  })
})

describe('the return', () => {
  it('brings everything back but what was reassigned on purpose', () => {
    const life = managedBy('fatou')
    life.does('moussa', 'supervisor', { act: 'assign_step', step: life.item('record'), to: 'fatou', reason: null })
    life.does('moussa', 'supervisor', over('fatou', 'oumar'))
    life.does('moussa', 'supervisor', { act: 'assign_step', step: life.item('record'), to: 'oumar', reason: null })
    life.does('moussa', 'supervisor', back('fatou'))
    expect(life.state.facts['case_manager']).toBe('fatou')
    expect([life.step('call')?.owner, life.step('record')?.owner]).toEqual(['fatou', 'oumar'])
    expect(life.state.handovers).toEqual({})
    life.agrees()
  })

  it('leaves the case with a manager who was chosen meanwhile', () => {
    const life = managedBy('fatou')
    life.does('moussa', 'supervisor', over('fatou', 'oumar'))
    life.does('moussa', 'supervisor', { act: 'change_case_manager', to: 'sali', reason: null })
    life.does('moussa', 'supervisor', back('fatou'))
    expect([life.state.facts['case_manager'], life.step('call')?.owner]).toEqual(['sali', 'sali'])
  })

  it.each([
    ['the first is back first', ['fatou', 'oumar']],
    ['the second is back first', ['oumar', 'fatou']],
  ])('finds its way when the successor goes away too: %s', (_name, order) => {
    const life = managedBy('fatou')
    life.does('moussa', 'supervisor', over('fatou', 'oumar'))
    life.does('moussa', 'supervisor', over('oumar', 'sali'))
    expect(life.step('call')?.owner).toBe('sali')
    for (const user of order) life.does('moussa', 'supervisor', back(user))
    expect([life.state.facts['case_manager'], life.step('call')?.owner]).toEqual(['fatou', 'fatou'])
    life.agrees()
  })

  it('never comes after a departure', () => {
    const life = managedBy('fatou')
    life.does('moussa', 'supervisor', over('fatou', 'oumar', { because: 'departure', returns: false }))
    expect(life.tries(life.action('moussa', 'supervisor', back('fatou')))).toEqual({ code: 'not_found' })
  })
})
