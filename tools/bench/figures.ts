/** Percentiles and loads; times in milliseconds. */

export interface Spread {
  p50: number
  p95: number
  each: number[]
}
export function spread(times: number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { p50: at(0.5), p95: at(0.95), each: times }
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Steps a second when so many clients each do the next as soon as theirs is done. */
export async function throughput(
  workers: (() => Promise<unknown>)[],
  seconds: number,
): Promise<{ perSecond: number; times: Spread }> {
  const times: number[] = []
  const until = performance.now() + seconds * 1_000
  await Promise.all(
    workers.map(async (work) => {
      while (performance.now() < until) times.push(await timed(work))
    }),
  )
  return { perSecond: times.length / seconds, times: spread(times) }
}
export const ratio = (ours: number, raw: number): string => (raw === 0 ? '–' : (ours / raw).toFixed(2))
export const ms = (value: number): string => `${value.toFixed(1)} ms`
