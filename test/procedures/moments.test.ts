import { describe, expect, test } from 'vitest'
import { readMoment } from '../../procedures/language/parse/moment.ts'
import { readTerms } from '../../procedures/language/parse/terms.ts'

describe('terms', () => {
  test.each([
    ['1 hour', [{ n: 1, unit: 'hours' }]],
    ['48 hours', [{ n: 48, unit: 'hours' }]],
    ['1 day', [{ n: 1, unit: 'days' }]],
    ['1 working day', [{ n: 1, unit: 'working_days' }]],
    ['10 working days', [{ n: 10, unit: 'working_days' }]],
    ['2 weeks', [{ n: 2, unit: 'weeks' }]],
    ['12 months', [{ n: 12, unit: 'months' }]],
    [
      '1 month - 7 days',
      [
        { n: 1, unit: 'months' },
        { n: -7, unit: 'days' },
      ],
    ],
    [
      '1 month + 7 days - 2 hours',
      [
        { n: 1, unit: 'months' },
        { n: 7, unit: 'days' },
        { n: -2, unit: 'hours' },
      ],
    ],
  ])('%s', (text, terms) => expect(readTerms(text)).toEqual(terms))

  test.each(['', 'days', '1', '1 fortnight', '1 month -', '1 month 7 days', '- 7 days', '1.5 days', '1 day -7 days'])(
    '%s is not an amount of time',
    (text) => expect(readTerms(text)).toBeNull(),
  )
})

describe('moments', () => {
  const day = { n: 1, unit: 'days' }
  test.each([
    ['1 day', { terms: [day], anchor: '', offset: 0 }],
    ['1 day after appointment.date', { terms: [day], anchor: 'appointment.date', offset: 12 }],
    ['1 day before due', { terms: [{ n: -1, unit: 'days' }], anchor: 'due', offset: 13 }],
    ['on arrived_on', { terms: [], anchor: 'arrived_on', offset: 3 }],
    ['after reception', { terms: [], anchor: 'reception', offset: 6 }],
    [
      '1 month - 7 days before signed_on',
      {
        terms: [
          { n: -1, unit: 'months' },
          { n: 7, unit: 'days' },
        ],
        anchor: 'signed_on',
        offset: 24,
      },
    ],
  ])('%s', (text, moment) => expect(readMoment(text)).toEqual(moment))

  test.each(['soon', '1 day signed_on', 'on', 'before due', '1 day after', '1 day after 2 days', 'on the first'])(
    '%s is not a moment',
    (text) => expect(readMoment(text)).toBeNull(),
  )
})
