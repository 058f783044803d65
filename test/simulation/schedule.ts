/** What will happen, in order of time; what is due in one instant keeps the order in which it was planned. */

export class Schedule {
  now: number
  private readonly heap: { at: number; order: number; run: () => unknown }[] = []
  private order = 0

  constructor(now: number) {
    this.now = now
  }
  in(ms: number, run: () => unknown): void {
    const planned = { at: this.now + Math.max(0, ms), order: (this.order += 1), run }
    let at = this.heap.push(planned) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!this.before(planned, above)) break
      this.heap[at] = this.heap[above]!
      at = above
    }
    this.heap[at] = planned
  }
  /** The next of all that is planned until then, with the clock moved to it; undefined when there is none. */
  next(until: number): (() => unknown) | undefined {
    const first = this.heap[0]
    if (!first || first.at > until) return undefined
    const last = this.heap.pop()!
    if (this.heap.length > 0) this.sink(last)
    this.now = first.at
    return first.run
  }

  private sink(moved: (typeof this.heap)[number]): void {
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      const right = this.heap[below + 1]
      if (right && this.before(right, below)) below += 1
      const smaller = this.heap[below]
      if (!smaller || !(smaller.at < moved.at || (smaller.at === moved.at && smaller.order < moved.order))) break
      this.heap[at] = smaller
      at = below
    }
    this.heap[at] = moved
  }
  private before(one: { at: number; order: number }, index: number): boolean {
    const other = this.heap[index]!
    return one.at < other.at || (one.at === other.at && one.order < other.order)
  }
}
