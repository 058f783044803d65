/** What was measured of many deadlines in one instant, as one table. */

import type { Spread } from './figures.ts'

export interface Burst {
  side: 'ours' | 'raw'
  round: number
  count: number
  /** Milliseconds from the instant until the last was recorded, and mailed. */
  recorded: number
  mailed: number | null
  /** Microseconds of processor of the process that holds worker, API, relay and clients. */
  used: NodeJS.CpuUsage
  /** Steps that people did meanwhile. */
  people: Spread
}

/** `spread`: ours did not fall due in one instant, so a ratio would say nothing. */
export function tableOf(bursts: Burst[], spread: boolean): string[] {
  const raw = bursts.filter((one) => one.side === 'raw').map((one) => one.recorded / one.count)
  const ours = bursts.filter((one) => one.side === 'ours').map((one) => (one.mailed ?? 0) / one.count)
  return [
    row('', 'deadlines', 'recorded', 'mailed', 'a second', 'cpu each', 'people', 'p50', 'p95', 'longest'),
    ...bursts.map(rowOf),
    ...(spread ? [] : [`ours mailed ÷ raw written, each deadline: ${(mean(ours) / mean(raw)).toFixed(2)} (bar ≤ 1.0)`]),
    'bar for people meanwhile: p95 < 2 s',
  ]
}

function rowOf({ side, round, count, recorded, mailed, used, people }: Burst): string {
  return row(
    `${round} ${side}`,
    String(count),
    seconds(recorded),
    mailed === null ? '–' : seconds(mailed),
    (count / ((mailed ?? recorded) / 1000)).toFixed(0),
    `${((used.user + used.system) / 1000 / count).toFixed(1)} ms`,
    String(people.each.length),
    seconds(people.p50),
    seconds(people.p95),
    seconds(Math.max(...people.each)),
  )
}

const row = (first: string, ...rest: string[]): string => first.padEnd(8) + rest.map((one) => one.padStart(10)).join('')
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`
const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length
