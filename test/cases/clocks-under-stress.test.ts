/** Declarations, closures, suspensions and late papers upon running clocks; after each, the arithmetic is told. */

import { describe, expect, it } from 'vitest'
import type { CivilDate } from '../../cases/time.ts'
import { arithmetic } from '../../cases/words/arithmetic.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import { procedure, SETTINGS, task, term, within } from './build.ts'
import { Life } from './life.ts'

const off =
  (...days: { date: CivilDate; place?: string }[]) =>
  (settings: Settings): Settings => ({
    ...settings,
    calendar: { ...settings.calendar, daysOff: [...settings.calendar.daysOff, ...days] },
  })
const waits = (days: number, at = 'ml-kayes', said: Parameters<typeof task>[1] = {}) =>
  Life.open([procedure('t-a', [task('a', { due: within(days, 'working_days'), ...said })])], { home: at })
const told = (life: Life, step = 'a') => {
  const clock = life.state.clocks[`${life.item(step)}.due`]
  if (!clock) return []
  return arithmetic(clock, life.settings, life.now, 'fr', { entries: life.entries }).map(({ text }) => text)
}

describe('a day declared off', () => {
  it('at six in the evening of its eve, moves every clock that still counts it, and says so', () => {
    const life = waits(5)
    expect(life.due('a')).toBe('2026-11-30T16:00')
    life.passTo('2026-11-26T18:00:00Z')
    life.declares(off({ date: '2026-11-27' }))
    expect(life.due('a')).toBe('2026-12-01T16:00')
    expect(told(life)).toEqual([
      "Départ : ouverture de l'étape, lundi 23 novembre, 9 h",
      'Compté : mardi 24, mercredi 25, jeudi 26, lundi 30 novembre, mardi 1er décembre',
      'Non compté, férié ou fermé : vendredi 27',
      'Recalculé le jeudi 26 novembre : le calendrier a changé',
      'Échéance : mardi 1er décembre, 16 h',
    ])
    life.agrees()
  })
  it('on the last evening of a clock leaves what is already past where it was', () => {
    const life = waits(3)
    life.passTo('2026-11-26T17:00:00Z')
    expect(life.events('clock_breached')).toHaveLength(1)
    life.declares(off({ date: '2026-11-27' }))
    expect(life.events('clock_breached')).toHaveLength(1)
    expect(life.due('a')).toBe('2026-11-26T16:00')
  })
  it('moved by the moon from one day to the next, moves two hundred clocks by nothing they did not count', () => {
    const feast = (date: CivilDate): Settings => off({ date })(SETTINGS)
    const lives = Array.from({ length: 200 }, (_, index) => {
      const steps = [task('a', { due: within(1 + (index % 40), 'working_days') })]
      return Life.open([procedure('t-a', steps)], { home: 'ml-kayes' }, feast('2026-12-08'))
    })
    for (const [index, life] of lives.entries()) {
      const before = life.due('a')
      life.declares(() => feast('2026-12-09'))
      const fresh = Life.open(
        [procedure('t-a', [task('a', { due: within(1 + (index % 40), 'working_days') })])],
        { home: 'ml-kayes' },
        feast('2026-12-09'),
      )
      expect(life.due('a')).toBe(fresh.due('a'))
      if (before < '2026-12-08' || before > '2026-12-10') expect(life.due('a')).toBe(before)
      life.agrees()
    }
  })
})

describe('a region that closes for three weeks', () => {
  const days = Array.from({ length: 21 }, (_, index) => ({
    date: new Date(Date.parse('2026-11-24') + index * 86_400_000).toISOString().slice(0, 10),
    place: 'ml-gao',
  }))
  it('stops the working days there, and nowhere else', () => {
    const [gao, kayes] = [waits(5, 'ml-gao'), waits(5, 'ml-kayes')]
    for (const life of [gao, kayes]) life.declares(off(...days))
    expect(kayes.due('a')).toBe('2026-11-30T16:00')
    expect(gao.due('a')).toBe('2026-12-21T16:00')
  })
})

describe('a suspension', () => {
  const suspend = (life: Life, reviewOn: string) =>
    life.does('moussa', 'supervisor', { act: 'suspend', reviewOn, reason: 'digest' })
  it('gives back, when it ends, exactly what was left when it began', () => {
    const life = waits(10)
    life.passTo('2026-11-25T10:00:00Z')
    suspend(life, '2026-12-31')
    expect(life.due('a', 'due')).toBe('2026-12-07T16:00')
    life.passTo('2026-12-14T10:00:00Z')
    expect(life.events('clock_breached')).toEqual([])
    life.does('moussa', 'supervisor', { act: 'resume' })
    expect(life.due('a')).toBe('2026-12-24T16:00')
    expect(told(life).join(' · ')).toMatch(/25 novembre.*14 décembre/)
    life.agrees()
  })
  it('inside another hold runs on until both have ended', () => {
    const holding = procedure('t-b', [task('b', { holds: ['t-a'], due: within(30, 'days') })], {
      begins: [{ kind: 'any_time', by: ['supervisor'] }],
    })
    const life = Life.open([procedure('t-a', [task('a', { due: within(10, 'working_days') })]), holding])
    life.does('moussa', 'supervisor', {
      act: 'begin_procedure',
      procedure: 't-b',
      answers: {},
      personal: {},
      absent: {},
    })
    suspend(life, '2026-12-31')
    life.passTo('2026-12-02T10:00:00Z')
    life.does('moussa', 'supervisor', { act: 'resume' })
    expect(life.state.clocks[`${life.item('a')}.due`]?.heldBy).toHaveLength(1)
    life.passTo('2026-12-03T10:00:00Z')
    life.ends('b')
    expect(life.due('a')).toBe('2026-12-17T16:00')
    life.agrees()
  })
})

describe('an extension', () => {
  const extended = { extend: { by: 'supervisor', most: term(5, 'working_days') } }
  const extend = (life: Life, n: number) =>
    life.tries(
      life.action('moussa', 'supervisor', {
        act: 'extend_clock',
        clock: `${life.item('a')}.due`,
        by: { n, unit: 'working_days' },
        reason: 'digest',
      }),
    )
  it('is given in parts up to its limit, and not a day over it', () => {
    const life = waits(5, 'ml-kayes', extended)
    expect([extend(life, 3), extend(life, 2)]).toEqual([null, null])
    expect(life.due('a')).toBe('2026-12-07T16:00')
    expect(extend(life, 1)).toMatchObject({ code: 'limit_reached', used: 5, most: 5 })
    expect(told(life).filter((line) => /rolong/.test(line))).toHaveLength(2)
  })
})

describe('a paper that comes late', () => {
  it('annuls the breach with its history, lists what was sent, and never takes back what a person did since', () => {
    const life = waits(2)
    life.passTo('2026-12-08T10:00:00Z')
    const sent = life.events('rung_fired').map((one) => one.mark)
    expect(sent.length).toBeGreaterThan(1)
    life.does('awa', 'case_manager', life.ending('a', 'done'), {
      happened: Date.parse('2026-11-24T12:00:00Z'),
      via: 'paper',
    })
    expect(life.events('breach_annulled').map((one) => one.sent)).toEqual([sent])
    life.agrees()
  })
})

describe('the calendar itself', () => {
  it.each([
    ['the leap day', '2028-01-31', 1, '2028-02-29T23:59'],
    ['the end of a short month', '2027-01-31', 1, '2027-02-28T23:59'],
    ['a year over the leap day', '2027-02-28', 12, '2028-02-28T23:59'],
  ])('counts months over %s', (_what, arrived, n, due) => {
    const moment = { terms: [term(n, 'months')], anchor: { kind: 'fact' as const, fact: 'arrived_on' } }
    const life = Life.open([procedure('t-a', [task('a', { due: [{ then: moment }] })])], {
      home: 'ml-kayes',
      arrived_on: arrived,
    })
    expect(life.due('a')).toBe(due)
  })
})
