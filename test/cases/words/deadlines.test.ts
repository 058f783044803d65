import { describe, expect, it } from 'vitest'
import { deadlineText, latenessText } from '../../../cases/words/deadlines.ts'
import type { Language } from '../../../cases/words/language.ts'
import { at, settings } from '../clocks/mali.ts'
import { clockFrom, workingDays } from './clocks.ts'

const contact = clockFrom('2026-11-06 09:30', [workingDays(10)])
const tell = (clock: typeof contact, now: string, language: Language = 'fr') =>
  deadlineText(clock, at(now), settings, language)

describe('a deadline in one line', () => {
  it('says how late it is, in the unit of the clock', () => {
    expect(tell(contact, '2026-11-23 10:04')).toBe('Vendredi 20 novembre, 17 h 30 — en retard de 1 jour ouvrable')
    expect(tell(contact, '2026-11-23 10:04', 'en')).toBe('Friday 20 November, 17:30 — 1 working day late')
  })
  it('does not count the weekend as late, but says that the deadline has passed', () => {
    expect(tell(contact, '2026-11-21 10:00')).toBe('Vendredi 20 novembre, 17 h 30 — délai dépassé')
  })
  it('says today and tomorrow, else the date alone', () => {
    expect(tell(contact, '2026-11-17 10:00')).toBe('Vendredi 20 novembre, 17 h 30')
    expect(tell(contact, '2026-11-19 10:00')).toBe('Vendredi 20 novembre, 17 h 30 — demain')
    expect(tell(contact, '2026-11-20 10:00')).toBe("Vendredi 20 novembre, 17 h 30 — aujourd'hui")
    expect(tell(contact, '2026-11-20 10:00', 'en')).toBe('Friday 20 November, 17:30 — today')
  })
  it('is told by its day where the hour means nothing', () => {
    const days = clockFrom('2026-11-23 10:00', [{ n: 5, unit: 'days' }])
    expect(tell(days, '2026-11-23 10:00')).toBe('Samedi 28 novembre')
    expect(tell(days, '2026-11-30 10:00')).toBe('Samedi 28 novembre — en retard de 2 jours')
    const year = clockFrom('2026-11-23 10:00', [{ n: 3, unit: 'months' }])
    expect(tell(year, '2026-11-23 10:00')).toBe('Mardi 23 février 2027')
  })
  it('tells lateness in hours, then in days', () => {
    const hours = clockFrom('2026-11-23 10:00', [{ n: 24, unit: 'hours' }])
    expect(tell(hours, '2026-11-24 13:30')).toBe('Mardi 24 novembre, 10 h — en retard de 3 heures')
    expect(tell(hours, '2026-11-27 13:30')).toBe('Mardi 24 novembre, 10 h — en retard de 3 jours')
  })
  it('says what is left while it is on hold', () => {
    const held = { ...contact, heldBy: ['safety-q2w.check.1'], left: { target: workingDays(2) } }
    expect(tell(held, '2026-11-23 10:00')).toBe('En pause — il reste 2 jours ouvrables')
    expect(tell(held, '2026-11-23 10:00', 'en')).toBe('On hold — 2 working days left')
    expect(tell({ ...held, left: {} }, '2026-11-23 10:00')).toBe('En pause — délai dépassé')
    expect(latenessText(held, at('2026-11-23 10:00'), settings, 'fr')).toBe(null)
  })
  it('says when a step opens that is not open yet', () => {
    const opens = clockFrom('2026-11-23 10:00', [{ n: 6, unit: 'months' }], { kind: 'opens' })
    expect(tell(opens, '2026-11-23 10:00')).toBe("S'ouvre le dimanche 23 mai 2027")
    expect(tell(opens, '2026-11-23 10:00', 'en')).toBe('Opens on Sunday 23 May 2027')
  })
})
