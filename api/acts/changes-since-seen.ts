/** What has happened to a step, or to what it stands on, since the author of a refused act looked at it. */

import type { Entry } from '../../cases/events.ts'
import { parseItem } from '../../cases/item.ts'
import { workOf } from '../../cases/progress/draft.ts'
import type { Refusal } from '../../cases/refusals.ts'
import { entriesIn } from '../../cases/view.ts'
import { loadLedger } from '../../database/ledger.ts'
import type { Deps } from '../context/deps.ts'
import { changesSince, entriesWhen } from '../texts/changes.ts'
import { entryBody, partnerIn } from '../texts/entries.ts'
import { partnerNames } from '../texts/names.ts'
import type { LoadedCase } from '../case/load-case.ts'

interface About {
  item: string | null
  basis?: string | null
}

/** `since`, and for a decision what its submission has become: members of the problem. */
export async function changesSinceSeen(deps: Deps, loaded: LoadedCase, { code }: Refusal, { item, basis }: About) {
  if (item === null || (code !== 'step_ended' && code !== 'changed_since_seen')) return {}
  const entries = (await loadLedger(deps.sql, deps.ring, loaded.caseId))?.entries ?? []
  if (code === 'step_ended') return { since: await told(deps, loaded, entries, ended(item)) }
  if (!basis) return { since: [] }
  const work = workOf(loaded.seen, loaded.world, item)
  const seen = work === null ? undefined : entriesWhen(loaded, work, entries, basis)
  if (!work || !seen) return { changes: [], since: [] }
  const stands = new Set(work.rule.after.flat().map(({ step }) => `${work.runId}.${step}`))
  const newer = entries.slice(seen.length)
  return {
    changes: await changesSince(deps, loaded, work, entries, seen),
    since: await told(deps, loaded, newer, (entry) => stands.has(stepOf(entry))),
  }
}

const ended =
  (item: string) =>
  ({ event }: Entry): boolean =>
    event.kind === 'step_ended' && event.item === item
const stepOf = ({ event }: Entry): string => {
  const parts = 'item' in event && event.item !== null ? parseItem(event.item) : null
  return parts === null ? '' : `${parts.run}.${parts.step}`
}

async function told(deps: Deps, loaded: LoadedCase, entries: Entry[], which: (entry: Entry) => boolean) {
  const found = entriesIn(loaded.seen, entries).filter(which)
  const partner = await partnerNames(deps, found.map(partnerIn))
  const labels = { ...loaded.labelsOf(loaded.seen), partner }
  return found.flatMap((entry) => entryBody(entry, labels, loaded) ?? [])
}
