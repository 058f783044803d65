/** Invariants that only a ledger can answer, each as a law over one case. */

import { clocksAstray } from '../../cases/clocks/fits.ts'
import type { Entry } from '../../cases/events.ts'
import { parseItem } from '../../cases/item.ts'
import { undisclosable } from '../../cases/shared-with-consent.ts'
import type { CaseState } from '../../cases/state.ts'
import type { CompiledProcedure } from '../../procedures/language/compiled.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import type { InvariantId } from '../texts/invariants.ts'
import { inClear } from './in-clear.ts'

export interface Judged {
  entries: Entry[]
  /** Their fold. */
  state: CaseState
  /** The newest of the installation. */
  settings: Settings
  /** Published versions by hash. */
  published: ReadonlyMap<string, CompiledProcedure>
  /** Whether live state, lists and ledger say the same. */
  agrees: boolean
  /** Whether the engine keeps nothing of it in clear. */
  sealed: boolean
}

export const LAWS: Partial<Record<InvariantId, (one: Judged) => boolean>> = {
  I2: (one) => one.entries.every((entry) => isNoSilentEnd(entry, one)),
  I3: ({ entries }) => isOnce(takenActions(entries)),
  I4: ({ state, settings }) => clocksAstray(state, settings).length === 0,
  I5: ({ agrees }) => agrees,
  I6: ({ entries }) => isOnce(firedRungs(entries)),
  I7: ({ entries, published }) => entries.every((entry) => isPublished(entry, published)),
  I8: ({ entries, state, published, sealed }) => sealed && inClear(entries, state, published).length === 0,
  I10: ({ entries }) => undisclosable(entries).length === 0,
}

/** Time closes nothing, and ends no step with an outcome that refuses or closes. */
function isNoSilentEnd({ event, by }: Entry, { state, published }: Judged): boolean {
  if (by.kind !== 'time') return true
  if (event.kind === 'case_closed') return false
  if (event.kind !== 'step_ended') return true
  const item = parseItem(event.item)
  const rule = published
    .get(state.runs[item?.run ?? '']?.procedure.hash ?? '')
    ?.steps.find((step) => step.id === item?.step)
  const outcome = rule && rule.kind !== 'start' ? rule.outcomes[event.outcome] : undefined
  return outcome?.adverse !== true && outcome?.close === undefined
}

function isPublished({ event }: Entry, published: Judged['published']): boolean {
  if (event.kind !== 'run_begun') return true
  const { id, version, hash } = event.procedure
  const found = published.get(hash)
  return found?.id === id && found.version === version
}
const takenActions = (entries: Entry[]): string[] =>
  entries.flatMap(({ event, action }) => (event.kind === 'action_taken' && action !== null ? [action] : []))
const firedRungs = (entries: Entry[]): string[] =>
  entries.flatMap(({ event }) => (event.kind === 'rung_fired' ? [`${event.clock}|${event.mark}|${event.to}`] : []))
const isOnce = (all: string[]): boolean => new Set(all).size === all.length
