/** Endings out of turn: kept as they are recorded, counted by procedure, step and place. */

import type { OverrideCause } from '../../cases/events.ts'
import type { SealedEntry } from '../../cases/batch.ts'
import { parseItem } from '../../cases/item.ts'
import type { Lists } from '../as-viewer.ts'
import type { Transaction } from '../connect.ts'

/** What belongs to a restricted run is sealed apart, and is not counted. */
export function keepOverrides(tx: Transaction, caseId: string, entries: SealedEntry[]): Promise<unknown>[] {
  return entries.flatMap(({ entry: { at, event }, compartment }): Promise<unknown>[] => {
    if (compartment !== 'general') return []
    if (event.kind === 'override_proposed')
      return [propose(tx, caseId, event.item, event.cause ?? 'other', new Date(at))]
    if (event.kind !== 'step_ended' || event.how !== 'override') return []
    return [tx`update overrides set signed = ${new Date(at)} where case_id = ${caseId} and item = ${event.item}`]
  })
}

async function propose(tx: Transaction, caseId: string, item: string, cause: string, at: Date): Promise<void> {
  const { run, step } = parseItem(item) ?? { run: '', step: '' }
  await tx`insert into overrides (case_id, item, run, step, place, cause, proposed)
    select ${caseId}, ${item}, ${run}, ${step},
      (select place from open_steps where case_id = ${caseId} and item = ${item}), ${cause}, ${at}
    on conflict (case_id, item) do update set cause = excluded.cause, proposed = excluded.proposed`
}

export interface CountedOverrides {
  procedure: string
  version: number
  step: string
  place: string | null
  cause: OverrideCause
  count: number
}

/** Signed ones at these places, most frequent first; restricted runs are left out here once more. */
export async function countOverrides(sql: Lists, places: string[]): Promise<CountedOverrides[]> {
  return sql<CountedOverrides[]>`select r.procedure, r.version, o.step, o.place, o.cause, count(*)::int as count
    from overrides o join runs r on r.case_id = o.case_id and r.run = o.run and r.visible_to is null
    where o.signed is not null and o.place = any(${places})
    group by r.procedure, r.version, o.step, o.place, o.cause
    order by count desc, r.procedure, r.version, o.step, o.place, o.cause limit 1000`
}
