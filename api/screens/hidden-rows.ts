import { view } from '../../cases/view.ts'
import { type Viewer, type WorkFilter, workRows, type WorkRow } from '../../database/queries/work.ts'
import { widenFrom } from '../acts/case-at-hand.ts'
import { foldedCase } from '../acts/folded.ts'
import type { Session } from '../auth/session.ts'
import type { Deps, Present } from '../deps.ts'

const MOST = 1000

/**
 * Rows that the lists would show by role, and the view of their case does not: a run is kept from whom it is about,
 * whatever they hold. Only procedures that say so are looked at.
 */
export async function hiddenRows(
  deps: Deps,
  session: Session,
  viewer: Viewer,
  filter: WorkFilter,
  present: Present,
): Promise<WorkRow[]> {
  const kept = Object.values(deps.country.procedures).filter((one) => one.hidden_from !== undefined)
  const asked = kept.filter(({ procedure }) => filter.procedure === null || filter.procedure === procedure)
  const pages = await Promise.all(
    asked.map(({ procedure }) =>
      workRows(deps.sql, viewer, { ...filter, procedure }, new Date(present.now), { limit: MOST, after: null }),
    ),
  )
  const seen = await Promise.all(
    pages.flat().map(async (row) => {
      const folded = await foldedCase(deps, row.caseId)
      if (folded === undefined) return { row, visible: false }
      const world = await widenFrom(deps)(folded.state, { ...present, shelf: {}, published: {} })
      const runs = view(folded.state, session.principal, world).runs
      return { row, visible: (row.item.split('.')[0] ?? '') in runs }
    }),
  )
  return seen.filter(({ visible }) => !visible).map(({ row }) => row)
}
