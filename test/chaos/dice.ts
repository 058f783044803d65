/** Seeded chance: the same seed throws the same dice (mulberry32). */
export interface Dice {
  /** 0 ≤ n < most, whole. */
  below(most: number): number
  pick<T>(from: readonly T[]): T
  /** True once in so many throws. */
  oneIn(times: number): boolean
  /** Dice of their own for one of many who throw at the same time. */
  fork(): Dice
}

export function diceOf(seed: number): Dice {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (most: number): number => Math.floor(next() * most)
  return {
    below,
    pick: <T>(from: readonly T[]): T => {
      const one = from[below(from.length)]
      if (one === undefined) throw new Error('nothing to pick from')
      return one
    },
    oneIn: (times) => below(times) === 0,
    fork: () => diceOf(below(2 ** 31)),
  }
}
