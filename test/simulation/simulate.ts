/** A country in one thread: many cases, one seed, everything that can go wrong, and the laws after every step. */

import type { CompiledProcedure } from '../../procedures/language/compiled.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import { START } from '../cases/life.ts'
import { CaseInSimulation } from './case.ts'
import { Dice } from '../../simulation/dice.ts'
import type { Fault } from './faults.ts'
import { Schedule } from './schedule.ts'
import { Violation } from './violation.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** After the last day nothing goes wrong any more, and all that was begun comes to its end. */
const CALM = 2 * DAY

export interface Country {
  /** The first is what cases open with. */
  procedures: CompiledProcedure[]
  settings: Settings
}
export type Bug = 'recorded_within_the_task' | 'id_forgotten_at_a_new_run'
export interface Plan {
  seed: number
  cases: number
  days: number
  /** 1: the usual chances of a fault. */
  more?: number
  bug?: Bug
  /** Of a smaller failure: these cases only, without these faults and acts. */
  only?: number[]
  spared?: ReadonlySet<number>
  stilled?: ReadonlySet<number>
}
export interface Told {
  violation: { law: string; message: string; case: number; day: number } | null
  /** The largest state that a run handed on and the largest batch, in bytes. */
  largest: { state: number; batch: number }
  caseYears: number
  faults: Partial<Record<Fault, number>>
  /** How often each law was asked, and held. */
  laws: Record<string, number>
  acts: number
  answered: number
  entries: number
  runs: number
  /** Of the case that broke a law: how many faults and acts it lived through. */
  lived: { faults: number; acts: number } | null
}

export async function simulate(country: Country, plan: Plan): Promise<Told> {
  const schedule = new Schedule(START)
  const dice = new Dice(plan.seed)
  let { settings } = country
  let calm = false
  const until = START + plan.days * DAY
  const all = Array.from({ length: plan.cases }, (_, index) => index)
  const cases = all
    .filter((index) => plan.only?.includes(index) ?? true)
    .map(
      (index) =>
        new CaseInSimulation(
          index,
          country,
          plan,
          schedule,
          () => settings,
          () => calm,
        ),
    )
  for (const one of cases) one.begins()
  /** A day off, or on a training installation two days that pass at once. */
  const declares = (): void => {
    const date = new Date(schedule.now + settings.offsetMs + dice.between(1, 30) * DAY).toISOString().slice(0, 10)
    const { version, calendar, offsetMs } = settings
    settings = dice.happens(0.8)
      ? { ...settings, version: version + 1, calendar: { ...calendar, daysOff: [...calendar.daysOff, { date }] } }
      : { ...settings, version: version + 1, offsetMs: offsetMs + 2 * DAY }
    for (const one of cases) one.hears()
    schedule.in(dice.wait(25 * DAY), declares)
  }
  schedule.in(dice.wait(25 * DAY), declares)

  let violation: Told['violation'] = null
  let at: CaseInSimulation | undefined
  try {
    for (let last = until; ; last = until + CALM) {
      for (let run = schedule.next(last); run; run = schedule.next(last)) await run()
      if (calm) break
      calm = true
    }
    for (const one of cases) one.ends()
  } catch (error) {
    if (!(error instanceof Violation)) throw error
    at = cases.find((one) => one.index === error.case)
    const day = Math.floor((schedule.now - START) / DAY)
    violation = { law: error.law, message: error.message, case: error.case ?? -1, day }
  }
  const faults: Told['faults'] = {}
  for (const { fault } of cases.flatMap((one) => one.faults.happened)) faults[fault] = (faults[fault] ?? 0) + 1
  const laws: Told['laws'] = {}
  for (const [law, times] of cases.flatMap((one) => Object.entries(one.laws.asked)))
    laws[law] = (laws[law] ?? 0) + times
  const sum = (of: (one: CaseInSimulation) => number): number => cases.reduce((total, one) => total + of(one), 0)
  return {
    violation,
    faults,
    laws,
    largest: {
      state: Math.max(...cases.map((one) => one.laws.carried)),
      batch: Math.max(...cases.map((one) => one.record.largest)),
    },
    caseYears: sum((one) => one.lived) / (365 * DAY),
    acts: sum((one) => one.acts),
    answered: sum((one) => one.answered),
    entries: sum((one) => one.record.entries.length),
    runs: sum((one) => one.runs),
    lived: at ? { faults: at.faults.happened.length, acts: at.acts } : null,
  }
}
