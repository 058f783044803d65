import { expect, it } from 'vitest'
import { chaos } from '../../tools/chaos/chaos.ts'
import { FAULTS } from '../../tools/chaos/faults.ts'

it('nothing is lost and nothing is doubled when each thing that can go wrong goes wrong once', async () => {
  const outcome = await chaos({ seed: 11, kills: 0, cases: 4, hands: 3, say: () => {} })
  expect(outcome.broken).toEqual([])
  expect(Object.keys(outcome.faults)).toHaveLength(FAULTS.length)
  expect(outcome.entries).toBeGreaterThan(0)
}, 600_000)
