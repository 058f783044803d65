/** One entry of a case as every answer tells it: what, when it happened, and when it was recorded. */

import type { Entry } from '../../cases/events.ts'
import { UNREAD } from '../../cases/view.ts'
import type { CaseAtHand } from '../case/load-case.ts'
import { actorOf, byText, type EntryLabels, entryText } from './entries.ts'
import { named } from './named.ts'

const iso = (at: number): string => new Date(at).toISOString()

const actorId = (entry: Entry): string => {
  const by = actorOf(entry)
  return by.kind === 'user' ? by.user : by.kind === 'partner' ? by.partner : 'time'
}

/** null for what only machinery needs. */
export function entryBody(entry: Entry, labels: EntryLabels, { number, language }: CaseAtHand) {
  const text = entryText(entry, labels, language)
  if (text === null) return null
  const { event } = entry
  return {
    kind: event.kind,
    text,
    happened: iso(entry.at),
    recorded: iso(entry.recorded),
    by: { id: actorId(entry), label: byText(entry, labels, language) },
    ...('item' in event && event.item !== null ? { step: `${number}.${event.item}` } : {}),
    ...(event.kind === 'step_ended' && event.outcome !== UNREAD
      ? { outcome: named(event.outcome, (id) => labels.outcome(event.item, id)) }
      : {}),
  }
}
