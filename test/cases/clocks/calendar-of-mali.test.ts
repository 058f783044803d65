import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { addDays, weekdayOf } from '../../../cases/clocks/civil.ts'

interface DayOff {
  date: string
  title: { fr: string; en: string }
  declared_by: string
}
interface CalendarFile {
  zone: string
  week: Record<string, [string, string]>
  ramadan_week: Record<string, [string, string]>
  ramadan: { from: string; to: string; declared_by: string }[]
  days_off: DayOff[]
}
const file: CalendarFile = parse(readFileSync(new URL('../../../procedures/ml/calendar.yaml', import.meta.url), 'utf8'))
const years = ['2025', '2026', '2027', '2028']
const named = (year: string, title: string) =>
  file.days_off.find((day) => day.date.startsWith(year) && day.title.fr === title)

describe('the calendar of Mali', () => {
  it.each(years)('names the twelve feasts of the law in %s', (year) => {
    const law = ['01-01', '01-20', '03-26', '05-01', '05-25', '09-22', '12-25'].map((day) => `${year}-${day}`)
    const days = file.days_off.filter(({ date }) => date.startsWith(year))
    expect(days.filter(({ declared_by }) => declared_by === 'law').map(({ date }) => date)).toEqual(
      expect.arrayContaining(law),
    )
    expect(days.filter(({ declared_by }) => declared_by === 'estimate')).toHaveLength(4)
    expect(days.filter(({ declared_by }) => declared_by === 'law')).toHaveLength(8)
  })
  it.each(years)('has Easter Monday of %s on a Monday, the day after Easter', (year) => {
    const monday = named(year, 'Lundi de Pâques')?.date ?? ''
    expect(weekdayOf(monday)).toBe(1)
    expect(monday).toBe(addDays(easterOf(Number(year)), 1))
  })
  it.each(years)('lets Ramadan of %s end on the eve of its feast, after 29 or 30 days', (year) => {
    const month = file.ramadan.find(({ from }) => from.startsWith(year))
    const feast = named(year, 'Fête du Ramadan')?.date ?? ''
    expect(month?.to).toBe(addDays(feast, -1))
    expect([addDays(feast, -29), addDays(feast, -30)]).toContain(month?.from)
  })
  it('is in order, without a day twice, titled in both languages, with who declared it', () => {
    const dates = file.days_off.map(({ date }) => date)
    expect(dates).toEqual([...new Set(dates)].toSorted())
    expect(dates.every((date) => /^\d{4}-\d{2}-\d{2}$/.test(date))).toBe(true)
    for (const day of file.days_off) {
      expect(day.title.fr).not.toBe('')
      expect(day.title.en).not.toBe('')
      expect(['law', 'communique', 'estimate']).toContain(day.declared_by)
    }
  })
  it('works Monday to Friday, shorter on Fridays of Ramadan', () => {
    expect(file.zone).toBe('Africa/Bamako')
    expect(Object.keys(file.week)).toEqual(['mon', 'tue', 'wed', 'thu', 'fri'])
    expect(Object.keys(file.ramadan_week)).toEqual(['mon', 'tue', 'wed', 'thu', 'fri'])
    expect(file.week['fri']).toEqual(['07:30', '17:30'])
    expect(file.ramadan_week['fri']).toEqual(['07:30', '12:30'])
  })
})

/** Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher). */
function easterOf(year: number): string {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const days = h + l - 7 * m + 114
  return `${year}-${String(Math.floor(days / 31)).padStart(2, '0')}-${String((days % 31) + 1).padStart(2, '0')}`
}
