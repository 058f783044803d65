/** Where two states of one case differ: the recorded one and the live one. */

import { canonicalJson } from '../../cases/canonical.ts'
import type { CaseState } from '../../cases/state.ts'

export type Difference = {
  pointer: string
  overview?: string | null
  live?: string | null
}

/** Runs, clocks and facts that differ; values are told as digests would be: not at all. */
export function differencesBetween(recorded: CaseState, live: CaseState): Difference[] {
  return (['status', 'stage', 'facts', 'runs', 'clocks', 'consents'] as const).flatMap((part) => {
    const [a, b] = [recorded[part], live[part]]
    if (canonicalJson(a) === canonicalJson(b)) return []
    if (typeof a !== 'object' || typeof b !== 'object') return [{ pointer: `/${part}` }]
    const keys = new Set([...Object.keys(a), ...Object.keys(b)])
    const [was, is] = [new Map(Object.entries(a)), new Map(Object.entries(b))]
    return [...keys]
      .filter((key) => canonicalJson(was.get(key)) !== canonicalJson(is.get(key)))
      .map((key) => ({ pointer: `/${part}/${key}` }))
  })
}
