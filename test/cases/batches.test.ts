/** In one case: what a batch begins is known by the batch, and its lifting gives clocks back what was left. */

import { describe, expect, it } from 'vitest'
import type { Act } from '../../cases/actions.ts'
import { decision, procedure, task, within } from './build.ts'
import { Life } from './life.ts'

const FREEZE = procedure(
  't-freeze',
  [
    task('check', { holds: ['t-a'], due: within(30, 'days') }),
    decision('verdict', { after: ['check'], holds: ['t-a'] }),
  ],
  { begins: [{ kind: 'batch', by: ['national_coordination'] }] },
)
const frozenLife = (): Life => {
  const life = Life.open([procedure('t-a', [task('a', { due: within(10, 'working_days') })]), FREEZE])
  life.passTo('2026-11-25T10:00:00Z')
  life.does('ibrahim', 'national_coordination', begin('batch-1'))
  return life
}
const begin = (batch?: string): Act => {
  const act = { act: 'begin_procedure', procedure: 't-freeze', answers: {}, personal: {}, absent: {} } as const
  return batch === undefined ? act : { ...act, batch }
}
const lift = (batch: string): Act => ({ act: 'lift_batch', batch, procedure: 't-freeze' })
const refusal = (life: Life, role: string, act: Act) => life.tries(life.action('somebody', role, act))

describe('what begins as a batch', () => {
  it('begins only so, and only by its roles', () => {
    const life = Life.open([procedure('t-a', [task('a')]), FREEZE])
    expect(refusal(life, 'national_coordination', begin())).toEqual({ code: 'not_found' })
    expect(refusal(life, 'supervisor', begin('batch-1'))).toMatchObject({
      code: 'role_required',
      who: [{ role: 'national_coordination' }],
    })
    expect(life.events('run_begun')).toHaveLength(1)
  })
  it('does not begin where it is running, and begins again once it has ended', () => {
    const life = frozenLife()
    expect(refusal(life, 'national_coordination', begin('batch-2'))).toMatchObject({ code: 'already_running' })
    life.does('ibrahim', 'national_coordination', lift('batch-1'))
    life.does('ibrahim', 'national_coordination', begin('batch-2'))
    expect(life.due('a')).toBe('2026-12-07T16:00')
    life.agrees()
  })
})

describe('its lifting', () => {
  it('gives clocks back exactly what was left, whichever step was holding them', () => {
    for (const verified of [false, true]) {
      const life = frozenLife()
      if (verified) life.ends('check')
      life.passTo('2026-12-14T10:00:00Z')
      expect(life.events('clock_breached').filter(({ clock }) => clock.includes('.a.'))).toEqual([])
      life.does('ibrahim', 'national_coordination', lift('batch-1'))
      expect(life.due('a')).toBe('2026-12-24T16:00')
      expect(life.events('run_stopped')).toMatchObject([{ because: 'lifted' }])
      life.agrees()
    }
  })
  it('inside a suspension leaves clocks to the suspension', () => {
    const life = frozenLife()
    life.does('moussa', 'supervisor', { act: 'suspend', reviewOn: '2026-12-31', reason: 'digest' })
    life.does('ibrahim', 'national_coordination', lift('batch-1'))
    expect(life.state.clocks[`${life.item('a')}.due`]?.heldBy).toHaveLength(1)
    life.passTo('2026-12-14T10:00:00Z')
    life.does('moussa', 'supervisor', { act: 'resume' })
    expect(life.due('a')).toBe('2026-12-24T16:00')
    life.agrees()
  })
  it('is refused to others, for another batch, and once it has ended by itself', () => {
    const life = frozenLife()
    expect(refusal(life, 'supervisor', lift('batch-1'))).toMatchObject({ code: 'role_required' })
    expect(refusal(life, 'national_coordination', lift('batch-2'))).toEqual({ code: 'not_found' })
    life.ends('check')
    life.decides('verdict')
    expect(refusal(life, 'national_coordination', lift('batch-1'))).toEqual({ code: 'not_found' })
    expect(life.due('a')).toBe('2026-12-07T16:00')
  })
})
