/** Counts of answers by route pattern, method and status: patterns and codes only, never a path, a person or a case. */

import type { Sample } from './metrics-text.ts'

/** Upper bounds in seconds. */
const BUCKETS = [0.015, 0.03, 0.1, 0.3, 1, 3, 8, 30]

export class RequestFigures {
  private readonly answered = new Map<string, { labels: Record<string, string>; count: number }>()
  private readonly buckets = BUCKETS.map(() => 0)
  private count = 0
  private seconds = 0

  seen(method: string, route: string, status: number, ms: number): void {
    const key = `${method} ${route} ${status}`
    const known = this.answered.get(key)
    if (known) known.count += 1
    else this.answered.set(key, { labels: { method, route, status: String(status) }, count: 1 })
    this.count += 1
    this.seconds += ms / 1000
    for (const [at, most] of BUCKETS.entries()) if (ms / 1000 <= most) this.buckets[at] = (this.buckets[at] ?? 0) + 1
  }
  answers(): Sample[] {
    return [...this.answered.values()].map(({ labels, count }) => ({ labels, value: count }))
  }
  times(): Sample[] {
    return [
      ...BUCKETS.map((most, at) => ({ part: '_bucket', labels: { le: String(most) }, value: this.buckets[at] ?? 0 })),
      { part: '_bucket', labels: { le: '+Inf' }, value: this.count },
      { part: '_sum', value: this.seconds },
      { part: '_count', value: this.count },
    ]
  }
}
