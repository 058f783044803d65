/** What each engine does differently, side by side; and how a case goes from one to the next. */

import { describe, expect, it } from 'vitest'
import type { Moment, Term } from '../../procedures/language/compiled.ts'
import { NEWEST_ENGINE } from '../../cases/engines.ts'
import { takeEngine } from '../../cases/take-engine.ts'
import { decision, procedure, task, term, within } from './build.ts'
import { Life } from './life.ts'

const reminded = (before: Term) => {
  const remind: Moment[] = [{ terms: [before], anchor: { kind: 'due' } }]
  return procedure('t-a', [
    task('visit', { due: within(10, 'working_days'), remind }),
    task('later', { after: ['visit'], due: within(10, 'working_days'), remind }),
  ])
}
const TWO_DAYS = term(-2, 'working_days')
const reminders = (life: Life): string[] =>
  Object.values(life.state.clocks)
    .flatMap((clock) => clock.marks.filter((mark) => mark.kind === 'reminder'))
    .map((mark) => new Date(mark.at).toISOString().slice(0, 16))

function opened(engine: number, before = TWO_DAYS): Life {
  const life = new Life([reminded(before)])
  life.state = { ...life.state, engine }
  opens(life)
  return life
}
const opens = (life: Life): void =>
  life.does('desk', 'registration_agent', {
    act: 'open_case',
    subject: 'case',
    number: 'n',
    procedure: 't-a',
    place: 'ml-kayes',
    answers: { home: 'ml-kayes' },
    personal: {},
    absent: {},
  })
function takes(life: Life, engine: number): void {
  const decision = takeEngine(life.state, engine, life.world())
  if (decision.kind !== 'events') throw new Error('no decision')
  life.receives(decision.entries)
}

describe('a reminder of a day', () => {
  it('came when people were leaving, under engine 1', () => {
    expect(reminders(opened(1))).toEqual(['2026-12-03T16:00'])
  })
  it('comes in the morning of that day since engine 2', () => {
    expect(reminders(opened(2))).toEqual(['2026-12-03T07:30'])
  })
  it('comes on the next working morning when that day is off', () => {
    expect(reminders(opened(1, term(-2, 'days')))).toEqual(['2026-12-05T23:59'])
    expect(reminders(opened(2, term(-2, 'days')))).toEqual(['2026-12-07T07:30'])
  })
  it('is in its place again after a hold, an extension or a declaration', () => {
    const life = opened(2)
    life.declares((settings) => ({
      ...settings,
      calendar: { ...settings.calendar, daysOff: [{ date: '2026-12-04' }] },
    }))
    expect(reminders(life)).toEqual(['2026-12-03T07:30'])
    life.does('moussa', 'supervisor', { act: 'suspend', reviewOn: '2026-12-20', reason: 'digest' })
    life.passDays(7)
    life.does('moussa', 'supervisor', { act: 'resume' })
    expect(reminders(life)).toEqual([expect.stringMatching(/^2026-12-1\dT07:30$/)])
  })
  it('whose morning has gone when its step opens still comes that evening', () => {
    expect(reminders(opened(2, term(-10, 'working_days')))).toEqual(['2026-11-23T16:00'])
  })
})

describe('a step that may not begin before a day', () => {
  const waiting = (engine: number, before: Term): Life => {
    const moment: Moment = { terms: [before], anchor: { kind: 'opening' } }
    const later = task('later', { after: ['visit'], opens: [{ then: moment }] })
    const life = new Life([procedure('t-a', [task('visit'), later])])
    life.state = { ...life.state, engine }
    opens(life)
    life.ends('visit')
    return life
  }
  const openingOf = (life: Life): string => life.due('later', 'opens')

  it('opened as that day ended, until engine 3', () => {
    expect(openingOf(waiting(3, term(7, 'days')))).toBe('2026-11-30T23:59')
  })
  it('opens in the morning of that day since engine 4, or as a day off begins', () => {
    expect(openingOf(waiting(4, term(7, 'days')))).toBe('2026-11-30T07:30')
    expect(openingOf(waiting(4, term(5, 'days')))).toBe('2026-11-28T00:00')
  })
  it('opens to the hour when it waits for hours', () => {
    const [before, now] = [3, 4].map((engine) => openingOf(waiting(engine, term(48, 'hours'))))
    expect(now).toBe(before)
  })
  it('opens at once when that morning has gone', () => {
    expect(waiting(4, term(0, 'days')).open()).toEqual(['later'])
  })
  it('opens in a morning again after a hold', () => {
    const life = waiting(4, term(7, 'days'))
    life.does('moussa', 'supervisor', { act: 'suspend', reviewOn: '2026-12-20', reason: 'digest' })
    life.passDays(7)
    life.does('moussa', 'supervisor', { act: 'resume' })
    expect(openingOf(life)).toBe('2026-12-07T07:30')
    life.agrees()
  })
})

describe('a decision on what was ended out of turn', () => {
  const decides = (engine: number, user: string) => {
    const life = new Life([procedure('t-a', [task('a'), decision('b', { after: ['a'] })])])
    life.state = { ...life.state, engine }
    opens(life)
    const ending = { outcome: 'done', answers: {}, personal: {}, absent: {}, evidence: {}, reason: 'digest' }
    life.does('moussa', 'supervisor', { act: 'override_step', step: life.item('a'), ...ending })
    life.does('nana', 'supervisor', { act: 'countersign', step: life.item('a') })
    life.agrees()
    return life.tries(life.action(user, 'supervisor', life.ending('b', 'approved')))?.code ?? 'decided'
  }
  it('could be taken by who had proposed that, until engine 2', () => {
    expect(['moussa', 'nana'].map((user) => decides(2, user))).toEqual(['decided', 'own_submission'])
  })
  it('is taken by neither of the two since engine 3', () => {
    const asked = ['moussa', 'nana', 'awa'].map((user) => decides(3, user))
    expect(asked).toEqual(['own_submission', 'own_submission', 'decided'])
  })
})

describe('a case of an older engine', () => {
  it('keeps what was planned, behaves as before until it takes the newer, and as the newer from then on', () => {
    const life = opened(1)
    takes(life, NEWEST_ENGINE)
    expect(life.state.engine).toBe(NEWEST_ENGINE)
    expect(reminders(life)).toEqual(['2026-12-03T16:00'])
    life.ends('visit')
    expect(reminders(life)).toEqual([expect.stringMatching(/T07:30$/)])
    life.agrees()
  })
  it('takes it once, and never an older one', () => {
    const life = opened(NEWEST_ENGINE)
    const { seq } = life.state
    takes(life, 1)
    takes(life, NEWEST_ENGINE)
    expect(life.state.seq).toBe(seq)
  })
})
