import { expect, it } from 'vitest'
import { chaos } from '../../tools/chaos/chaos.ts'
import { FAULTS } from '../../tools/chaos/faults.ts'
import { byDay } from '../depth.ts'

/** By night each of them, and sixty more kills. */
const BY_DAY = [
  'the worker and its relay die',
  'everything dies',
  'the worker dies: recorded, the engine not told',
  'the worker dies: mail taken over, not noted',
  'the date moves',
]
const faults = byDay(
  FAULTS.filter(({ name }) => BY_DAY.includes(name)),
  FAULTS,
)

it('nothing is lost and nothing is doubled, whatever goes wrong at work', async () => {
  const {
    broken,
    faults: happened,
    entries,
  } = await chaos({
    seed: 11,
    kills: byDay(0, 60),
    cases: byDay(4, 12),
    hands: 3,
    faults,
    say: byDay(() => {}, console.log),
  })
  expect(broken).toEqual([])
  expect(Object.keys(happened).toSorted()).toEqual(faults.map(({ name }) => name).toSorted())
  expect(faults.length).toBeGreaterThanOrEqual(BY_DAY.length)
  expect(entries).toBeGreaterThan(0)
}, 3_600_000)
