import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Term } from '../../../procedures/language/compiled.ts'
import type { Settings } from '../../../procedures/language/settings.ts'
import { addDays, dateOf, dayAt, HOUR_MS } from '../../../cases/clocks/civil.ts'
import { finestUnit, type MeasuredUnit, remaining } from '../../../cases/clocks/measure.ts'
import { shift } from '../../../cases/clocks/place-terms.ts'
import { isWorkingDay } from '../../../cases/clocks/working-days.ts'
import { at, calendar, settings, withDaysOff } from './mali.ts'

const seed = 20261123
const place = 'ml-kayes'
const unit = fc.constantFrom<MeasuredUnit>('hours', 'days', 'working_days')
const start = fc.integer({ min: at('2025-12-01 00:00'), max: at('2028-03-31 00:00') })

type Happening =
  | { kind: 'hold' | 'resume' | 'nothing' }
  | { kind: 'extend'; n: number }
  | { kind: 'day_off'; ahead: number; place: string | undefined }
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ kind: fc.constantFrom('hold', 'resume', 'nothing') }),
  fc.record({ kind: fc.constant('extend'), n: fc.integer({ min: 1, max: 10 }) }),
  fc.record({
    kind: fc.constant('day_off'),
    ahead: fc.integer({ min: 1, max: 12 }),
    place: fc.constantFrom(undefined, 'ml-kayes', 'ml-gao'),
  }),
)
const story = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 * 24 }), happening), { maxLength: 14 })

/** A clock as the engine keeps it: the plan of its target, or what was left when its hold began. */
class Clock {
  private plan: { from: number; terms: Term[] }
  private left: Term | null = null
  settings = settings
  private readonly unit: MeasuredUnit
  constructor(unit: MeasuredUnit, start: number, budget: number) {
    this.unit = unit
    this.plan = { from: start, terms: [{ n: budget, unit }] }
  }
  get target() {
    return shift(this.plan.from, this.plan.terms, this.settings, place)
  }
  get held() {
    return this.left !== null
  }
  remaining(now: number) {
    return (this.left ?? remaining(now, this.target, this.unit, this.settings, place)).n
  }
  hold(now: number) {
    this.left = remaining(now, this.target, this.unit, this.settings, place)
  }
  resume(now: number) {
    if (this.left) this.plan = { from: now, terms: [this.left] }
    this.left = null
  }
  extend(n: number) {
    if (this.left) this.left = { n: this.left.n + n, unit: this.unit }
    else this.plan.terms.push({ n, unit: this.unit })
  }
}

/** Time counted the plain way: look at every day, or every stretch, on its own. */
function counted(unit: MeasuredUnit, from: number, to: number, on: Settings): number {
  if (unit === 'hours') return (to - from) / HOUR_MS
  let days = 0
  for (let day = dayAt(from) + 1; day <= dayAt(to); day += 1) {
    if (unit === 'days' || isWorkingDay(day, on, place)) days += 1
  }
  return days
}

describe('I4: what remains of a clock', () => {
  it('is its budget less the time counted, whatever is held, resumed, extended or declared off', () => {
    fc.assert(
      fc.property(unit, start, fc.integer({ min: 1, max: 30 }), story, (inUnit, begin, budget, events) => {
        const clock = new Clock(inUnit, begin, budget)
        let now = begin
        let total = budget
        let used = 0
        let runningSince = begin
        for (const [wait, event] of events) {
          now += wait * HOUR_MS
          const breached = !clock.held && clock.target < now
          if (event.kind === 'hold' && !clock.held && !breached) {
            used += counted(inUnit, runningSince, now, clock.settings)
            clock.hold(now)
          } else if (event.kind === 'resume' && clock.held) {
            clock.resume(now)
            runningSince = now
          } else if (event.kind === 'extend') {
            clock.extend(event.n)
            total += event.n
          } else if (event.kind === 'day_off') {
            const date = dateOf(dayAt(now) + event.ahead)
            const off = event.place === undefined ? { date } : { date, place: event.place }
            const { calendar: before } = clock.settings
            clock.settings = { ...settings, calendar: { ...before, daysOff: [...before.daysOff, off] } }
          }
          const running = clock.held ? 0 : counted(inUnit, runningSince, now, clock.settings)
          expect(clock.remaining(now)).toBeCloseTo(total - used - running, 6)
        }
      }),
      { seed, numRuns: 400 },
    )
  })

  it('can be kept and placed again without losing or winning anything', () => {
    const terms = fc.array(
      fc.record({
        n: fc.integer({ min: 1, max: 20 }),
        unit: fc.constantFrom('hours', 'days', 'working_days', 'weeks', 'months'),
      }),
      { minLength: 0, maxLength: 3 },
    )
    fc.assert(
      fc.property(start, terms, fc.double({ min: 0, max: 1, noNaN: true }), (begin, budget: Term[], part) => {
        const target = shift(begin, budget, settings, place)
        const now = Math.min(target, begin + Math.floor((target - begin) * part))
        fc.pre(now >= begin)
        const left = remaining(now, target, finestUnit(budget), settings, place)
        expect(shift(now, [left], settings, place)).toBe(target)
      }),
      { seed, numRuns: 500 },
    )
  })

  it('is the same whether a budget is given at once or in parts', () => {
    const n = fc.integer({ min: 1, max: 25 })
    fc.assert(
      fc.property(start, unit, n, n, (begin, inUnit, a, b) => {
        const once = shift(begin, [{ n: a + b, unit: inUnit }], settings, place)
        const parts = [a, b].map((each) => ({ n: each, unit: inUnit }))
        expect(shift(begin, parts, settings, place)).toBe(once)
      }),
      { seed },
    )
  })
})

describe('what remains', () => {
  const left = (now: string, until: string, inUnit: MeasuredUnit, on = settings) =>
    remaining(at(now), at(until), inUnit, on, place).n

  it('counts a hold over a holiday once: the holiday was never counted', () => {
    const kept = left('2026-04-30 10:00', '2026-05-06 16:00', 'working_days')
    expect(kept).toBe(3)
    const resumed = shift(at('2026-05-02 10:00'), [{ n: kept, unit: 'working_days' }], settings, place)
    expect(resumed).toBe(at('2026-05-06 16:00'))
  })
  it('is negative once past, and zero on the day itself', () => {
    expect(left('2026-11-23 10:04', '2026-11-20 17:30', 'working_days')).toBe(-1)
    expect(left('2026-11-22 10:00', '2026-11-20 17:30', 'working_days')).toBe(0)
    expect(left('2026-11-20 18:00', '2026-11-20 17:30', 'working_days')).toBe(0)
    expect(left('2026-11-23 10:00', '2026-11-20 23:59', 'days')).toBe(-3)
    expect(left('2026-11-23 10:30', '2026-11-23 10:00', 'hours')).toBe(-0.5)
  })
  it('loses the working day that is declared off on its eve', () => {
    const eve = withDaysOff({ date: '2026-11-24' })
    expect(left('2026-11-23 10:00', '2026-11-25 16:00', 'working_days')).toBe(2)
    expect(left('2026-11-23 10:00', '2026-11-25 16:00', 'working_days', eve)).toBe(1)
  })
  it('is measured in hours if any term is, else in what placed the last day', () => {
    expect(finestUnit([{ n: 1, unit: 'months' }])).toBe('days')
    expect(
      finestUnit([
        { n: 1, unit: 'weeks' },
        { n: -2, unit: 'working_days' },
      ]),
    ).toBe('working_days')
    expect(
      finestUnit([
        { n: 5, unit: 'working_days' },
        { n: 1, unit: 'days' },
      ]),
    ).toBe('days')
    expect(
      finestUnit([
        { n: 2, unit: 'hours' },
        { n: 1, unit: 'working_days' },
      ]),
    ).toBe('hours')
    expect(finestUnit([])).toBe('days')
  })
})

it('eight times as many working days cost no more than a few times eight', () => {
  const crowded = { ...settings, calendar: { ...calendar, daysOff: Array.from({ length: 80 }, dayOffEach) } }
  const cost = (n: number): number => {
    const began = performance.now()
    shift(at('2026-01-01 00:00'), [{ n, unit: 'working_days' }], crowded, place)
    return performance.now() - began
  }
  const least = (n: number): number => Math.min(...Array.from({ length: 20 }, () => cost(n)))
  expect(least(2_000) / least(250)).toBeLessThan(40)
})
const dayOffEach = (_: unknown, i: number) => ({ date: addDays('2026-01-01', i * 9) })
