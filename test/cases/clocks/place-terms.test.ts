import { describe, expect, it } from 'vitest'
import type { Term } from '../../../procedures/language/compiled.ts'
import { shift } from '../../../cases/clocks/place-terms.ts'
import { CalendarWithoutWorkingDays } from '../../../cases/clocks/working-days.ts'
import { at, calendar, settings, withDaysOff } from './mali.ts'

const workingDays = (n: number): Term => ({ n, unit: 'working_days' })
const from = (start: string, ...terms: Term[]) => shift(at(start), terms, settings, 'ml-kayes')

describe('working days', () => {
  it('start the day after and end at closing time, over a weekend', () => {
    expect(from('2026-11-13 11:00', workingDays(3))).toBe(at('2026-11-18 16:00'))
    expect(from('2026-11-06 09:30', workingDays(10))).toBe(at('2026-11-20 17:30'))
  })
  it('count the same from a day off as from the working day before it', () => {
    expect(from('2026-11-14 08:00', workingDays(1))).toBe(at('2026-11-16 16:00'))
    expect(from('2026-11-15 23:59', workingDays(1))).toBe(at('2026-11-16 16:00'))
  })
  it('go backwards for a reminder, and end at closing time too', () => {
    expect(from('2026-11-23 16:00', workingDays(-1))).toBe(at('2026-11-20 17:30'))
    expect(from('2026-11-22 10:00', workingDays(-1))).toBe(at('2026-11-20 17:30'))
  })
  it('when none is left, end at the closing of the very day, or with the day if it is off', () => {
    expect(from('2026-11-23 09:00', workingDays(0))).toBe(at('2026-11-23 16:00'))
    expect(from('2026-11-22 09:00', workingDays(0))).toBe(at('2026-11-22 23:59'))
  })
  it('leave out holidays', () => {
    expect(from('2026-04-30 12:00', workingDays(1))).toBe(at('2026-05-04 16:00'))
  })
  it('close at the hours of Ramadan while it lasts, and at the usual ones after', () => {
    expect(from('2026-02-17 09:00', workingDays(1))).toBe(at('2026-02-18 16:30'))
    expect(from('2026-02-19 09:00', workingDays(1))).toBe(at('2026-02-20 12:30'))
    expect(from('2026-03-19 09:00', workingDays(1))).toBe(at('2026-03-23 16:00'))
  })
  it('follow a feast that moves by a day', () => {
    const moved = {
      ...settings,
      calendar: {
        ...calendar,
        ramadan: [{ from: '2026-02-18', to: '2026-03-18' }],
        daysOff: [{ date: '2026-03-19' }],
      },
    }
    expect(shift(at('2026-03-17 10:00'), [workingDays(2)], settings, null)).toBe(at('2026-03-19 16:30'))
    expect(shift(at('2026-03-17 10:00'), [workingDays(2)], moved, null)).toBe(at('2026-03-20 17:30'))
  })
  it('leave out the closure of a region there and below it, and nowhere else', () => {
    const closed = withDaysOff({ date: '2026-11-24', place: 'ml-kayes' })
    const next = (place: string | null) => shift(at('2026-11-23 10:00'), [workingDays(1)], closed, place)
    expect(next('ml-kayes')).toBe(at('2026-11-25 16:00'))
    expect(next('kayes-centre')).toBe(at('2026-11-25 16:00'))
    expect(next('ml-gao')).toBe(at('2026-11-24 16:00'))
    expect(next(null)).toBe(at('2026-11-24 16:00'))
  })
  it('leave out a closure of the whole country, named or not, for who has no place', () => {
    const closed = withDaysOff({ date: '2026-11-24', place: 'ml' })
    expect(shift(at('2026-11-23 10:00'), [workingDays(1)], closed, null)).toBe(at('2026-11-25 16:00'))
  })
  it('say so instead of counting for ever when no day is ever worked', () => {
    const never = { ...settings, calendar: { ...calendar, week: {} } }
    expect(() => shift(at('2026-11-23 10:00'), [workingDays(1)], never, null)).toThrow(CalendarWithoutWorkingDays)
  })
})

describe('days, weeks and months', () => {
  it('end with the civil day', () => {
    expect(from('2026-11-23 10:00', { n: 7, unit: 'days' })).toBe(at('2026-11-30 23:59'))
    expect(from('2026-11-23 10:00', { n: 2, unit: 'weeks' })).toBe(at('2026-12-07 23:59'))
    expect(from('2026-11-23 10:00')).toBe(at('2026-11-23 23:59'))
  })
  it('know the leap day', () => {
    expect(from('2028-02-28 10:00', { n: 1, unit: 'days' })).toBe(at('2028-02-29 23:59'))
    expect(from('2028-02-29 10:00', { n: 12, unit: 'months' })).toBe(at('2029-02-28 23:59'))
  })
  it('stop at the end of a shorter month, forwards and backwards', () => {
    expect(from('2027-01-31 10:00', { n: 1, unit: 'months' })).toBe(at('2027-02-28 23:59'))
    expect(from('2028-03-31 10:00', { n: -1, unit: 'months' })).toBe(at('2028-02-29 23:59'))
    expect(from('2026-12-31 10:00', { n: 2, unit: 'months' })).toBe(at('2027-02-28 23:59'))
  })
})

describe('hours and several terms', () => {
  it('hours are exact, over any night', () => {
    expect(from('2026-11-20 17:05', { n: 48, unit: 'hours' })).toBe(at('2026-11-22 17:05'))
    expect(from('2026-11-20 17:05', { n: -1.5, unit: 'hours' })).toBe(at('2026-11-20 15:35'))
  })
  it('are counted one after the other, each from the day reached', () => {
    const monthAndWeek: Term[] = [
      { n: 1, unit: 'months' },
      { n: 7, unit: 'days' },
    ]
    expect(from('2027-01-31 10:00', ...monthAndWeek)).toBe(at('2027-03-07 23:59'))
    expect(from('2026-11-23 10:00', { n: 5, unit: 'days' }, workingDays(-2))).toBe(at('2026-11-26 16:00'))
    expect(from('2026-11-23 10:00', workingDays(1), { n: 2, unit: 'hours' })).toBe(at('2026-11-24 18:00'))
  })
})
