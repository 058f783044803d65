/**
 * A year of many cases with hundreds of faults, and every law after every step. A long run:
 * `SEEDS=10 CASES=100 npx vitest run --project simulated test/simulation/simulation.test.ts`.
 */

import { beforeAll, describe, expect, it, vi } from 'vitest'
import { type Country, simulate } from './simulate.ts'
import { byDay } from '../depth.ts'
import { CHANCES } from './faults.ts'
import { mali } from './mali.ts'
import { inWords, smallest } from './shrink.ts'

vi.mock('@temporalio/workflow', () => import('./runtime.ts'))

const SEEDS = Number(process.env['SEEDS'] ?? byDay(1, 4))
const FIRST = Number(process.env['SEED'] ?? 20261123)
const CASES = Number(process.env['CASES'] ?? byDay(12, 60))
const DAYS = Number(process.env['DAYS'] ?? 365)
const counted = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, times]) => `${name} ${times}`)
    .join(', ')
let country: Country
beforeAll(async () => {
  country = await mali()
})

describe('the laws of a case hold', () => {
  it(
    'whatever is lost, doubled, late, reordered or refused, and whatever dies in between',
    async () => {
      for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) {
        const began = performance.now()
        const plan = { seed, cases: CASES, days: DAYS }
        const told = await simulate(country, plan)
        const faults = Object.values(told.faults).reduce((sum, one) => sum + one, 0)
        const { caseYears, acts, entries, runs } = told
        const seconds = ((performance.now() - began) / 1_000).toFixed(1)
        process.stdout.write(
          `seed ${seed}: ${caseYears.toFixed(1)} case-years, ${acts} acts, ${entries} entries, ${runs} runs, ${faults} faults, ${seconds} s\n  ${counted(told.faults)}\n  held: ${counted(told.laws)}\n  largest, bytes: ${counted(told.largest)}\n`,
        )
        if (told.violation) throw new Error(inWords(await smallest(country, plan, told)))
        for (const fault of Object.keys(CHANCES)) expect(told.faults).toHaveProperty(fault)
      }
    },
    SEEDS * CASES * 20_000,
  )
})
