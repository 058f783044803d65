/** Seeded luck: the same seed throws the same, and each case has dice of its own, so leaving one out changes no other. */

export class Dice {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }
  /** 0 ≤ n < 1 */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let t = this.state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  upTo(n: number): number {
    return Math.floor(this.next() * n)
  }
  between(least: number, most: number): number {
    return least + this.upTo(most - least + 1)
  }
  pick<T>(from: readonly T[]): T {
    const one = from[this.upTo(from.length)]
    if (one === undefined) throw new Error('nothing to pick from')
    return one
  }
  happens(share: number): boolean {
    return this.next() < share
  }
  /** Dice of their own for one of many who throw at the same time. */
  fork(): Dice {
    return new Dice(this.upTo(2 ** 31))
  }
  /** Waits whose mean is `mean`: mostly short, now and then long. */
  wait(mean: number): number {
    return Math.ceil(-Math.log(1 - this.next()) * mean)
  }
}
