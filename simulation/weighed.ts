import type { Dice } from './dice.ts'

/** One of several by their weights. */
export function weighed(dice: Dice, weights: Record<string, number>): string {
  const all = Object.entries(weights)
  let at = dice.next() * all.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [id, weight] of all) {
    at -= weight
    if (at < 0) return id
  }
  return all.at(-1)?.[0] ?? ''
}
