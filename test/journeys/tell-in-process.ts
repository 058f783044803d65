/** Journeys in this process: the product's API, workflows, activities, relay and database, on the test's clock. */

import { afterAll, beforeAll, describe, inject, it, vi } from 'vitest'
import type { Journey } from '../../journeys/telling/tell.ts'
import { BEGUN } from '../twins/life.ts'
import type { World } from '../twins/world.ts'
import { type Installations, installationsOn, stageOf } from './in-process.ts'
import { dateOf, lastBeginning, tellOne } from './tell-one.ts'

export function tellInProcess(journeys: readonly Journey[]): void {
  let installations: Installations
  let last: { world: World; until: string } | null = null
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(BEGUN)
    installations = await installationsOn(inject('postgres'))
  })
  afterAll(async () => {
    vi.useRealTimers()
    await installations.end()
  })

  /** The last one while stories may begin on it, else a new one. */
  async function young(): Promise<World> {
    if (last !== null && (await dateOf(await stageOf(last.world))) <= last.until) return last.world
    const world = await installations.begin()
    last = { world, until: await lastBeginning(await stageOf(world)) }
    return world
  }

  describe('told one after another, each by itself to its end', () => {
    it.each(journeys)('$name: $title', async (journey) => tellOne(journey, await stageOf(await young())))
  })
}
