import type { Action } from './actions.ts'
import { shortDigest } from './chain.ts'
import type { Entry } from './events.ts'
import type { CaseState } from './state.ts'

/** The action id that opens the case of an arrival's row: sealed answers of the row are kept under it. */
export const openingActionId = (caseId: string): string => `open-${caseId}`

/** The opening that a `case_wanted` entry asks for; always the same for the same row. */
export function openingOf(
  arrival: CaseState,
  entry: Entry,
): { caseId: string; number: string; opening: Action } | null {
  const { event } = entry
  const row = event.kind === 'case_wanted' ? arrival.rows[event.row] : undefined
  if (event.kind !== 'case_wanted' || !row) return null
  const user = entry.by.kind === 'user' ? entry.by.user : 'time'
  const place = String(arrival.facts['centre'] ?? '')
  const { caseId, number, personal, absent } = row
  const answers = event.inputs
  return {
    caseId,
    number,
    opening: {
      id: openingActionId(caseId),
      digest: shortDigest([number, answers, personal, absent]),
      by: { kind: 'user', user, holds: [{ role: 'registration_agent', place }] },
      via: 'app',
      happened: entry.at,
      received: entry.recorded,
      notAfter: Number.MAX_SAFE_INTEGER,
      act: { act: 'open_case', subject: 'case', number, procedure: event.procedure, place, answers, personal, absent },
    },
  }
}
