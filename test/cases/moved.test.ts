/** A case that changes region: its steps go to the people there, its clocks run on by the days worked there. */

import { describe, expect, it } from 'vitest'
import { field, procedure, task } from './build.ts'
import { Life } from './life.ts'

const days = (n: number) => [
  { then: { terms: [{ n, unit: 'working_days' as const }], anchor: { kind: 'opening' as const } } },
]
const home = { at: { fact: 'home' } }
const steps = [
  task('visit', { ...home, due: days(5) }),
  task('move', { form: [field('to', 'place')], outcomes: { done: { set: { home: 'form.to' } } } }),
]
const open = () => Life.open([procedure('t-a', steps)])

describe('a case that moves', () => {
  it('moves every open step that is done at home, and keeps the rest where it is', () => {
    const life = open()
    life.ends('move', 'done', { to: 'ml-gao' })
    expect(life.step('visit')?.place).toBe('ml-gao')
    expect(life.events('step_moved')).toHaveLength(1)
    life.agrees()
  })
  it('counts on by the days worked in the new region', () => {
    const life = open()
    life.declares((settings) => ({
      ...settings,
      calendar: {
        ...settings.calendar,
        daysOff: [...settings.calendar.daysOff, { date: '2026-11-26', place: 'ml-gao' }],
      },
    }))
    const target = () => life.state.clocks[`${life.item('visit')}.due`]?.target ?? 0
    const before = target()
    life.ends('move', 'done', { to: 'ml-gao' })
    expect(target() - before).toBe(86_400_000)
    life.agrees()
  })
  it('leaves a step that was given to one person to the role of the new region', () => {
    const life = open()
    life.does('moussa', 'supervisor', { act: 'assign_step', step: life.item('visit'), to: 'oumar', reason: null })
    life.ends('move', 'done', { to: 'ml-gao' })
    expect(life.step('visit')).toMatchObject({ owner: null, roles: [{ role: 'case_manager' }] })
    life.agrees()
  })
})
