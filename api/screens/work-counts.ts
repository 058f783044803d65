/** How much work waits, as `/work` counts it; `GET /me` says it too. */

import { type Viewer, workCounts, type WorkCounts, type WorkFilter, type WorkRow } from '../../database/queries/work.ts'
import type { Session } from '../auth/session.ts'
import type { Deps, Present } from '../deps.ts'
import { hiddenRows } from './hidden-rows.ts'
import { viewerOf } from './viewer.ts'

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

/** Counts without the rows that are hidden from the viewer. */
export async function countsWithout(
  deps: Deps,
  viewer: Viewer,
  filter: WorkFilter,
  now: Date,
  hidden: readonly WorkRow[],
): Promise<WorkCounts> {
  const counts = await workCounts(deps.sql, viewer, filter, now)
  const endOfDay = new Date(`${now.toISOString().slice(0, 10)}T23:59:59Z`)
  for (const { due, procedure, step } of hidden) {
    if (due !== null && due < now) {
      counts.late -= 1
      counts.byStep = counts.byStep.flatMap((one) =>
        one.procedure !== procedure || one.step !== step ? [one] : one.late > 1 ? [{ ...one, late: one.late - 1 }] : [],
      )
    } else if (due !== null && due <= endOfDay) counts.dueToday -= 1
    else counts.later -= 1
  }
  return counts
}

/** `{mine, late, due_today}` of one session. */
export async function countsOf(deps: Deps, session: Session, present: Present) {
  const viewer = viewerOf(session, present.settings)
  const hidden = await hiddenRows(deps, session, viewer, MINE, present)
  const { late, dueToday, later } = await countsWithout(deps, viewer, MINE, new Date(present.now), hidden)
  return { mine: late + dueToday + later, late, due_today: dueToday }
}
