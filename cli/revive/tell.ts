/** What a revival finds, and what becomes of each case, in words. */

import { lastRecorded } from '../../database/queries/revive.ts'
import type { ReviveOptions } from './options.ts'
import { type Judged, type Situation, SITUATIONS } from './situations.ts'

export type Say = (line: string) => void

/** What is well is left alone; what the workflow alone knows is given up only when somebody says so. */
export function isChosen({ situation, status }: Judged, { all, discard }: ReviveOptions): boolean {
  if (status === 'new') return false
  if (situation === 'erased') return false
  if (situation === 'well') return all && status === 'open'
  return situation !== 'ahead' || discard
}

export function tell(cases: Judged[], strangers: string[], options: ReviveOptions, out: Say): void {
  for (const [situation, words] of Object.entries(SITUATIONS) as [Situation, string][]) {
    const these = cases.filter((one) => one.situation === situation)
    if (these.length === 0) continue
    const begin = these.filter((one) => isChosen(one, options)).length
    const refilled = situation === 'ahead' && !options.discard
    const does = refilled
      ? 'written again in the record'
      : begin === 0
        ? 'left alone'
        : situation === 'closed'
          ? 'ended in the engine'
          : 'begins again'
    out(`${String(these.length).padStart(7)}  ${words}: ${does}  (${named(these)})`)
  }
  if (cases.length === 0) out('No such case in the record.')
  if (strangers.length > 0)
    out(
      `${String(strangers.length).padStart(7)}  run in the engine and are not in the record: left alone, to be opened again  (${strangers.join(', ')})`,
    )
  const last = lastRecorded(cases)
  if (last > 0)
    out(`Last entry of the record: ${new Date(last).toISOString()}. Of what is in neither of them nobody can tell.`)
}
const named = (cases: Judged[]): string =>
  [...cases.slice(0, 3).map((one) => one.number), ...(cases.length > 3 ? ['…'] : [])].join(', ')
