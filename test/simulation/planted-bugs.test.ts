/** The simulator finds what it is for: three bugs that were really thought of, each planted, each found by its law. */

import { beforeAll, describe, expect, it, vi } from 'vitest'
import type * as Wake from '../../cases/wake.ts'
import { mali } from './mali.ts'
import { type Bug, type Country, type Plan, simulate, type Told } from './simulate.ts'
import { inWords, smallest } from './shrink.ts'

const planted = vi.hoisted(() => ({ actsComeBeforeTime: false }))
vi.mock('@temporalio/workflow', () => import('./runtime.ts'))
vi.mock('../../cases/wake.ts', async (original) => {
  const [real, { acting }] = await Promise.all([original<typeof Wake>(), import('./runtime.ts')])
  const wake: typeof Wake.wake = (state, world) =>
    planted.actsComeBeforeTime && acting() ? { kind: 'events', entries: [], state } : real.wake(state, world)
  return { ...real, wake }
})

const SEEDS = 3
/** On a loaded machine. */
const PATIENCE = 300_000
let country: Country
beforeAll(async () => {
  country = await mali()
}, PATIENCE)

async function found(more: Partial<Plan>): Promise<{ plan: Plan; told: Told } | null> {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const plan = { seed, cases: 4, days: 120, more: 2, ...more }
    const told = await simulate(country, plan)
    if (told.violation) {
      const { law, day } = told.violation
      process.stdout.write(`${law}: seed ${seed}, day ${day}, ${told.acts} acts, ${count(told)} faults\n`)
      return { plan, told }
    }
  }
  return null
}

const count = ({ faults }: Told): number => Object.values(faults).reduce((sum, one) => sum + one, 0)

describe('a bug is found within a few seeds', { timeout: PATIENCE }, () => {
  it.each<[Bug, string]>([
    ['recorded_within_the_task', 'I11'],
    ['id_forgotten_at_a_new_run', 'I5'],
  ])('%s breaks %s', async (bug, law) => {
    expect((await found({ bug }))?.told.violation?.law).toBe(law)
  })
  it('an act that is handled before an earlier timer breaks "time first"', async () => {
    planted.actsComeBeforeTime = true
    const one = await found({})
    planted.actsComeBeforeTime = false
    expect(one?.told.violation?.law).toBe('time first')
  })
  it('and none without one', async () => {
    expect((await found({}))?.told.violation ?? null).toBeNull()
  })
  it('is made small: one case, few acts, and the faults that it takes', async () => {
    const one = await found({ bug: 'recorded_within_the_task' })
    if (!one) throw new Error('nothing was found')
    const { plan, told } = await smallest(country, one.plan, one.told)
    process.stdout.write(`${inWords({ plan, told })}\n`)
    expect(plan.only).toHaveLength(1)
    expect(told.faults).toHaveProperty('task_lost')
    expect(count(told)).toBeLessThan(count(one.told) / 2)
    expect(told.acts - (plan.stilled?.size ?? 0)).toBeLessThan(one.told.acts / 2)
  })
})
