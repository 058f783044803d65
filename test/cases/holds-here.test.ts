/** A hold that ends at the border: what is done in the region waits, what is done elsewhere goes on. */

import { describe, expect, it } from 'vitest'
import { field, procedure, task, within } from './build.ts'
import { Life } from './life.ts'

const CLOSURE = procedure(
  't-closes',
  [
    task('reopening', {
      role: 'supervisor',
      at: { field: 'input.region' },
      holds: ['t-a here'],
      due: within(60, 'days'),
    }),
  ],
  {
    begins: [{ kind: 'batch', by: ['national_coordination'] }],
    inputs: [field('region', 'place', { required: true })],
  },
)
const WORK = procedure('t-a', [
  task('there', { due: within(10, 'working_days') }),
  task('centre', { at: { place: 'senou' }, due: within(10, 'working_days') }),
])
const MOVE = procedure('t-moves', [
  task('leave', { due: within(60, 'days'), outcomes: { done: { set: { home: "'ml-gao'" } } } }),
])
const closed = (region = 'ml-kayes'): Life => {
  const life = Life.open([WORK, CLOSURE, MOVE])
  life.passTo('2026-11-25T10:00:00Z')
  const begin = { act: 'begin_procedure', personal: {}, absent: {} } as const
  life.does('moussa', 'supervisor', { ...begin, procedure: 't-moves', answers: {} })
  const batch = { procedure: 't-closes', answers: { region }, batch: 'batch-1' }
  life.does('ibrahim', 'national_coordination', { ...begin, ...batch })
  return life
}
const heldBy = (life: Life, step: string): number => life.state.clocks[`${life.item(step)}.due`]?.heldBy.length ?? 0
const lift = (life: Life): void =>
  life.does('ibrahim', 'national_coordination', { act: 'lift_batch', batch: 'batch-1', procedure: 't-closes' })

describe('a hold of what is done here', () => {
  it('leaves what is done elsewhere, and gives back what was left', () => {
    const life = closed()
    expect([heldBy(life, 'there'), heldBy(life, 'centre')]).toEqual([1, 0])
    life.passTo('2026-12-16T10:00:00Z')
    expect(life.events('clock_breached')).toMatchObject([{ clock: `${life.item('centre')}.due` }])
    lift(life)
    expect(life.due('there')).toBe('2026-12-29T16:00')
    life.agrees()
  })
  it('in another region holds nothing', () => {
    const life = closed('ml-gao')
    expect([heldBy(life, 'there'), heldBy(life, 'centre')]).toEqual([0, 0])
  })
  it('of the whole country holds everything', () => {
    const life = closed('ml')
    expect([heldBy(life, 'there'), heldBy(life, 'centre')]).toEqual([1, 1])
  })
  it('lets go of what moves to another region, and takes what moves in', () => {
    const out = closed()
    expect(heldBy(out, 'there')).toBe(1)
    out.passTo('2026-12-02T10:00:00Z')
    out.ends('leave')
    expect(heldBy(out, 'there')).toBe(0)
    expect(out.due('there')).toBe('2026-12-14T16:00')
    out.agrees()
    const into = closed('ml-gao')
    into.ends('leave')
    expect(heldBy(into, 'there')).toBe(1)
    into.agrees()
  })
})
