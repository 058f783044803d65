/** How much work waits, as `/work` counts it; `GET /me` says it too. */

import { asViewer } from '../../database/as-viewer.ts'
import { workCounts, type WorkFilter } from '../../database/queries/work.ts'
import type { Session } from '../context/session.ts'
import type { Deps } from '../context/deps.ts'
import { viewerOf } from '../case/viewer.ts'

export const MINE: WorkFilter = {
  scope: 'mine',
  place: null,
  stage: null,
  procedure: null,
  step: null,
  owner: null,
  role: null,
  clock: null,
  number: null,
}

/** `{mine, late, due_today}` of one session. */
export async function countsOf(deps: Deps, session: Session) {
  const viewer = viewerOf(session)
  const counted = await asViewer(deps.sql, viewer, (lists) => workCounts(lists, viewer, MINE, new Date(session.now)))
  const { late, dueToday, later } = counted
  return { mine: late + dueToday + later, late, due_today: dueToday }
}
