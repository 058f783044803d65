import { describe, expect, it } from 'vitest'
import { dateText, deadlineInstantText, fullInstantText, instantText } from '../../../cases/words/dates.ts'
import { oneOf } from '../../../cases/words/language.ts'
import { spansText, spanText } from '../../../cases/words/spans.ts'
import { at } from '../clocks/mali.ts'

describe('a date in words', () => {
  it('names the day, and the first of a month as French does', () => {
    expect(dateText('2026-11-20', 'fr')).toBe('vendredi 20 novembre')
    expect(dateText('2026-12-01', 'fr')).toBe('mardi 1er décembre')
    expect(dateText('2026-12-01', 'en')).toBe('Tuesday 1 December')
  })
  it('says the year only when it is another one', () => {
    expect(dateText('2027-01-30', 'fr', '2026-11-23')).toBe('samedi 30 janvier 2027')
    expect(dateText('2026-01-30', 'en', '2026-11-23')).toBe('Friday 30 January')
  })
  it('has the hour as it is said', () => {
    expect(instantText(at('2026-11-20 17:30'), 'fr')).toBe('vendredi 20 novembre, 17 h 30')
    expect(instantText(at('2026-11-13 11:00'), 'fr')).toBe('vendredi 13 novembre, 11 h')
    expect(instantText(at('2026-11-20 09:05'), 'fr')).toBe('vendredi 20 novembre, 9 h 05')
    expect(instantText(at('2026-11-20 09:05'), 'en')).toBe('Friday 20 November, 09:05')
  })
  it('leaves out an hour that only means the end of the day, or its beginning', () => {
    expect(deadlineInstantText(at('2026-11-28 23:59'), 'fr')).toBe('samedi 28 novembre')
    expect(fullInstantText(at('2026-11-06 00:00'), 'fr')).toBe('vendredi 6 novembre 2026')
    expect(fullInstantText(at('2026-11-23 10:09'), 'en')).toBe('Monday 23 November 2026, 10:09')
  })
})

describe('a span in words', () => {
  it('agrees in number, each language in its own way', () => {
    expect(spanText({ n: 1, unit: 'working_days' }, 'fr')).toBe('1 jour ouvrable')
    expect(spanText({ n: 3, unit: 'working_days' }, 'fr')).toBe('3 jours ouvrables')
    expect(spanText({ n: 0, unit: 'days' }, 'fr')).toBe('0 jour')
    expect(spanText({ n: 0, unit: 'days' }, 'en')).toBe('0 days')
    expect(spanText({ n: 1, unit: 'months' }, 'fr')).toBe('1 mois')
    expect(spanText({ n: 2, unit: 'months' }, 'en')).toBe('2 months')
    expect(spanText({ n: -2, unit: 'weeks' }, 'fr')).toBe('2 semaines')
  })
  it('tells parts of an hour in minutes', () => {
    expect(spanText({ n: 48, unit: 'hours' }, 'fr')).toBe('48 heures')
    expect(spanText({ n: 1.25, unit: 'hours' }, 'fr')).toBe('1 heure 15 minutes')
    expect(spanText({ n: 0.5, unit: 'hours' }, 'en')).toBe('30 minutes')
    expect(spanText({ n: 0.001, unit: 'hours' }, 'fr')).toBe('0 minute')
  })
  it('adds and subtracts what follows', () => {
    const month = { n: 1, unit: 'months' } as const
    expect(spansText([month, { n: 7, unit: 'days' }], 'fr')).toBe('1 mois et 7 jours')
    expect(spansText([month, { n: -2, unit: 'working_days' }], 'en')).toBe('1 month less 2 working days')
  })
})

it('several are joined by commas and a last or', () => {
  expect(oneOf(['a', 'b', 'c'], 'fr')).toBe('a, b ou c')
  expect(oneOf(['a', 'b'], 'en')).toBe('a or b')
  expect(oneOf(['a'], 'en')).toBe('a')
  expect(oneOf([], 'en')).toBe('')
})
