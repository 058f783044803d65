import { describe, expect, it } from 'vitest'
import { dayNamed, weekdayOf } from '../../../cases/clocks/civil.ts'
import { closingTime, isWorkingDay, openingTime } from '../../../cases/clocks/working-days.ts'
import { at, calendar, settings } from './mali.ts'

const { places } = settings

describe('a day', () => {
  it('is named by its weekday, Monday first', () => {
    const week = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29']
    expect(week.map(weekdayOf)).toEqual([1, 2, 3, 4, 5, 6, 7])
  })
  it('is worked from Monday to Friday, save holidays', () => {
    const worked = (date: string) => isWorkingDay(dayNamed(date), settings, 'ml-kayes')
    expect(['2026-11-23', '2026-11-27', '2026-11-28', '2026-11-29', '2026-05-25'].map(worked)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })
  it('opens and closes at its hours; a day off is the whole civil day', () => {
    expect(openingTime(dayNamed('2026-11-23'), settings, null)).toBe(at('2026-11-23 07:30'))
    expect(closingTime(dayNamed('2026-11-27'), settings, null)).toBe(at('2026-11-27 17:30'))
    expect(openingTime(dayNamed('2026-11-28'), settings, null)).toBe(at('2026-11-28 00:00'))
    expect(closingTime(dayNamed('2026-11-28'), settings, null)).toBe(at('2026-11-28 23:59'))
  })
  it('has no hours in Ramadan when the week of Ramadan gives none', () => {
    const ramadanWeek = { 1: { opens: 450, closes: 990 } }
    const noFridays = { places, calendar: { ...calendar, ramadanWeek } }
    expect(isWorkingDay(dayNamed('2026-02-20'), noFridays, null)).toBe(false)
    expect(isWorkingDay(dayNamed('2026-02-23'), noFridays, null)).toBe(true)
  })
})
