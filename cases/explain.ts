/** Where a case waits, for whom, by which rule, and what happens if nobody acts. Words are added at the edge. */

import type { ClosedGate } from './conditions.ts'
import type { ItemId, Mark } from './events.ts'
import { workOf, liveItems } from './progress/draft.ts'
import { holdersOf } from './progress/holds.ts'
import { spokenClock } from './overview.ts'
import type { Clock, CaseState } from './state.ts'
import type { Instant } from './time.ts'
import type { Who } from './refusals.ts'
import { whoCould } from './who-may.ts'
import { closedGatesOf } from './why-not.ts'
import type { World } from './world.ts'

export type Consequence =
  | { kind: 'told'; at: Instant; role: string; place: string | null }
  | { kind: 'lapses'; at: Instant; outcome: string }
  | { kind: 'opens'; at: Instant }
export interface Waiting {
  item: ItemId
  procedure: { id: string; version: number; hash: string }
  step: string
  state: 'open' | 'waiting' | 'held'
  since: Instant
  who: Who[]
  partner: string | null
  owner: string | null
  clockId: string | null
  clock: Clock | null
  ifNobodyActs: Consequence[]
  closedGates: ClosedGate[]
}

/** `seen` is a view: hidden runs are not in it, and a hold of theirs shows as a neutral "held". */
export function explain(seen: CaseState, world: World): Waiting[] {
  return liveItems(seen)
    .map(({ item }) => waitingOf(seen, item, world))
    .filter((one) => one !== null)
}

export function waitingOf(seen: CaseState, item: ItemId, world: World): Waiting | null {
  const work = workOf(seen, world, item)
  if (!work) return null
  const spoken = spokenClock(seen.clocks, item)
  const partner = (work.step.roles ?? []).flatMap((one) => ('partner' in one ? [one.partner] : []))[0] ?? null
  const held = holdersOf(seen.clocks, item).length > 0
  return {
    item,
    procedure: work.run.procedure,
    step: work.rule.id,
    state: held ? 'held' : work.step.status === 'waiting' ? 'waiting' : 'open',
    since: work.step.openedAt ?? work.run.begun,
    who: whoCould(seen, work),
    partner,
    owner: work.step.owner ?? null,
    clockId: spoken?.[0] ?? null,
    clock: spoken?.[1] ?? null,
    ifNobodyActs: held ? [] : consequences(seen, item, work.rule.lapses?.outcome),
    closedGates: work.step.status === 'open' ? closedGatesOf(seen, work, world) : [],
  }
}

function consequences(seen: CaseState, item: ItemId, lapse: string | undefined): Consequence[] {
  return Object.values(seen.clocks)
    .filter((clock) => clock.item === item)
    .flatMap((clock) => clock.marks.flatMap((mark) => consequence(clock, mark, lapse)))
    .toSorted((a, b) => a.at - b.at)
}

function consequence(clock: Clock, mark: Mark, lapse: string | undefined): Consequence[] {
  if (mark.kind === 'rung') return [{ kind: 'told', at: mark.at, role: mark.role ?? '', place: clock.place }]
  if (mark.kind !== 'target') return []
  if (clock.kind === 'lapses' && lapse !== undefined) return [{ kind: 'lapses', at: mark.at, outcome: lapse }]
  return clock.kind === 'opens' ? [{ kind: 'opens', at: mark.at }] : []
}
