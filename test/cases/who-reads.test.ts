/** What a run holds is read by its readers; everybody else who knows the case sees that it goes on, and nothing more. */

import { describe, expect, it } from 'vitest'
import type { Principal } from '../../cases/actions.ts'
import { basisOf } from '../../cases/basis.ts'
import { workOf } from '../../cases/progress/draft.ts'
import { entriesIn, UNREAD, view } from '../../cases/view.ts'
import { field, procedure, task } from './build.ts'
import { hold, Life } from './life.ts'

const secret = { form: [field('ill', 'yes_no')], outcomes: { unwell: {}, well: {} } }
const steps = [task('triage', secret), task('later', { after: ['triage'] })]
const open = () => {
  const life = Life.open([procedure('t-a', steps, { readBy: ['medic'] })])
  life.ends('triage', 'unwell', { ill: true }, 'salif', 'case_manager')
  return life
}
const seenBy = (life: Life, user: string, role: string) => {
  const by: Principal = { kind: 'user', user, holds: hold(role) }
  const seen = view(life.state, by, life.world())
  return { seen, step: Object.values(seen.runs)[0]?.steps['triage'], entries: entriesIn(seen, life.entries) }
}

describe('whoever is not among the readers', () => {
  it('sees that a step ended, by whom and when, and not how nor what was answered', () => {
    const { step } = seenBy(open(), 'moussa', 'supervisor')
    expect(step).toMatchObject({ status: 'done', outcome: UNREAD, endedBy: { user: 'salif' } })
    expect(step?.answers).toBeUndefined()
  })
  it('finds nothing of it in the timeline', () => {
    const { entries } = seenBy(open(), 'moussa', 'supervisor')
    expect(JSON.stringify(entries)).not.toMatch(/unwell|"ill"/)
    expect(entries.some(({ event }) => event.kind === 'step_ended')).toBe(true)
  })
  it('keeps every clock and every open step in sight', () => {
    const life = open()
    const { seen } = seenBy(life, 'moussa', 'supervisor')
    expect(Object.keys(seen.clocks)).toEqual(Object.keys(life.state.clocks))
    expect(Object.values(seen.runs)[0]?.steps['later']?.status).toBe('open')
  })
})

describe('whoever may act without being among the readers', () => {
  it('sends back the basis that was shown, and it is the one that counts', () => {
    const life = open()
    const { seen } = seenBy(life, 'sekou', 'case_manager')
    const item = life.item('later')
    const work = workOf(seen, life.world(), item)
    const basis = work ? basisOf(seen, work) : null
    const filled = { outcome: 'done', answers: {}, personal: {}, absent: {}, evidence: {} }
    life.does('sekou', 'case_manager', { act: 'complete_step', step: item, basis, onBehalfOf: null, ...filled })
    expect(life.state.runs[item.split('.')[0] ?? '']?.steps['later']?.status).toBe('done')
  })
})

describe('a reader', () => {
  it('sees all', () => {
    const life = open()
    expect(seenBy(life, 'lassana', 'medic').seen).toBe(life.state)
  })
  it('is also whoever has a step of the run by name', () => {
    const life = open()
    life.does('moussa', 'supervisor', { act: 'assign_step', step: life.item('later'), to: 'oumar', reason: null })
    expect(seenBy(life, 'oumar', 'case_manager').step?.outcome).toBe('unwell')
  })
})
