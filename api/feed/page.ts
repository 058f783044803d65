/** A page of the feed: events from a position on, as far as this reader may know of them. */

import { entriesIn, UNREAD, view } from '../../cases/view.ts'
import type { CaseEvent, Entry } from '../../cases/events.ts'
import { fold } from '../../cases/evolve/index.ts'
import { itemOfClock, parseItem } from '../../cases/item.ts'
import { covers, root } from '../../cases/places.ts'
import type { CaseState } from '../../cases/state.ts'
import { loadLedger } from '../../database/ledger.ts'
import { eventsAfter, type PlacedEvent } from '../../database/queries/feed.ts'
import { withProceduresFrom } from '../case/load-case.ts'
import type { Deps, Present } from '../context/deps.ts'
import { isKnown } from '../case/case-visibility.ts'
import { isFeedKind } from './schema.ts'

export interface FeedReader {
  user: string
  /** Where they may read it, with everything under it. */
  places: string[]
}
export interface Told {
  position: number
  kind: string
  case: string | null
  arrival: string | null
  place: string | null
  procedure: string | null
  step: string | null
  outcome: string | null
  happened: string
  recorded: string
  href: string
}
interface SeenCase {
  number: string
  seen: CaseState
  entries: Map<number, Entry>
}
const CHUNK = 200
/** A reader who may know of little is answered in time all the same, and asks on. */
const MOST_SCANNED = 2_000

/** `at`: the last position that was looked at; `ended`: there was no other. */
export async function feedPage(
  deps: Deps,
  present: Present,
  reader: FeedReader,
  asked: { after: number; limit: number; kinds: Set<string> | null },
): Promise<{ told: Told[]; at: number; ended: boolean }> {
  const cases = new Map<string, SeenCase | null>()
  const told: Told[] = []
  let at = asked.after
  for (let scanned = 0; scanned < MOST_SCANNED; scanned += CHUNK) {
    const rows = await eventsAfter(deps.sql, at, CHUNK)
    for (const row of rows) {
      if (told.length === asked.limit) return { told, at, ended: false }
      at = row.position
      if (!cases.has(row.caseId)) cases.set(row.caseId, await seenCase(deps, present, reader, row.caseId))
      const event = toldOf(row, cases.get(row.caseId) ?? null)
      if (event !== null && (asked.kinds === null || asked.kinds.has(event.kind))) told.push(event)
    }
    if (rows.length < CHUNK) return { told, at, ended: true }
  }
  return { told, at, ended: false }
}

/** As somebody who holds no role in it; null for a case of elsewhere, and for one that was erased. */
async function seenCase(deps: Deps, present: Present, reader: FeedReader, caseId: string): Promise<SeenCase | null> {
  const ledger = await loadLedger(deps.sql, deps.ring, caseId)
  if (ledger === undefined || ledger.erased.length > 0) return null
  const state = fold(caseId, ledger.entries)
  const { places } = present.settings
  const place = placeOf(state) ?? root(places)
  if (place === null || !reader.places.some((held) => covers(held, place, places))) return null
  const world = await withProceduresFrom(deps)(state, { ...present, shelf: {}, published: {} })
  const seen = view(state, { kind: 'user', user: reader.user, holds: [] }, world)
  const entries = entriesIn(seen, ledger.entries).filter(({ event }) => isKnown(seen, event))
  return { number: ledger.number, seen, entries: new Map(entries.map((entry) => [entry.seq, entry])) }
}

const placeOf = ({ facts }: CaseState): string | null => {
  const place = facts['home'] ?? facts['centre'] ?? null
  return typeof place === 'string' ? place : null
}

const itemIn = (event: CaseEvent): string | null => {
  if ('item' in event) return event.item
  return 'clock' in event && typeof event.clock === 'string' ? itemOfClock(event.clock) : null
}

function toldOf({ position, seq }: PlacedEvent, found: SeenCase | null): Told | null {
  const entry = found?.entries.get(seq)
  if (!found || !entry || !isFeedKind(entry.event.kind)) return null
  const { event, at, recorded } = entry
  const { number, seen } = found
  const item = itemIn(event)
  const parsed = item === null ? null : parseItem(item)
  const run = seen.runs[parsed?.run ?? ('run' in event && typeof event.run === 'string' ? event.run : '')]
  const arrival = seen.subject === 'arrival'
  return {
    position,
    kind: event.kind,
    case: arrival ? null : number,
    arrival: arrival ? number : null,
    place: run?.steps[parsed?.step ?? '']?.place ?? placeOf(seen),
    procedure: run ? `${run.procedure.id}@${run.procedure.version}` : null,
    step: item === null ? null : `${number}.${item}`,
    outcome: 'outcome' in event && event.outcome !== UNREAD ? event.outcome : null,
    happened: new Date(at).toISOString(),
    recorded: new Date(recorded).toISOString(),
    href: item === null ? `/api/v1/${arrival ? 'arrivals' : 'cases'}/${number}` : `/api/v1/work/${number}.${item}`,
  }
}
