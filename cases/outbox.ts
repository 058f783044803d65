/** Which entries speak to somebody: each rung and notice is one row, whose key a retry writes again and never twice. */

import type { NoticeId, OutboxRow } from './batch.ts'
import type { ClockId, Entry } from './events.ts'
import { itemOfClock, parseItem } from './item.ts'
import type { CaseState } from './state.ts'

const NOTICE_OF_RUNG = { reminder: 'reminder', due: 'due', escalation: 'escalation' } as const

/** Each rung speaks once, to one role or person. */
export const rungKey = (caseId: string, clock: ClockId, { mark, to }: { mark: string; to: string }): string =>
  `${caseId}/${clock}/${mark}/${to}`

export function outboxOf(state: CaseState, entries: Entry[]): OutboxRow[] {
  return entries.flatMap((entry): OutboxRow[] => {
    const { event } = entry
    switch (event.kind) {
      case 'rung_fired': {
        const item = itemOfClock(event.clock)
        return [
          row(
            state,
            rungKey(state.id, event.clock, event),
            item,
            NOTICE_OF_RUNG[event.rung],
            event.mark,
            event.to,
            event.place,
            entry,
          ),
        ]
      }
      case 'notice_given':
        return [
          row(
            state,
            `${state.id}/${entry.seq}`,
            event.item,
            event.notice as NoticeId,
            null,
            event.to,
            event.place,
            entry,
          ),
        ]
      default:
        return []
    }
  })
}

function row(
  state: CaseState,
  key: string,
  item: string,
  notice: NoticeId,
  rung: string | null,
  to: string,
  place: string | null,
  entry: Entry,
): OutboxRow {
  const parts = parseItem(item)
  const run = state.runs[parts?.run ?? '']
  const owner = run?.steps[parts?.step ?? '']?.owner ?? null
  const named = to.startsWith('user:') ? to.slice('user:'.length) : null
  const own = notice === 'reminder' || notice === 'due'
  const toOwner = own && !to.startsWith('partner:') ? owner : null
  return {
    key,
    item,
    notice,
    rung,
    role: to,
    user: named ?? toOwner,
    place,
    dueAt: entry.at,
    restricted: run !== undefined && run.visibleTo !== null,
  }
}
