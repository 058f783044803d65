/** Whom a person came with: the arrival, and the cases of the same household in it. */

import { asViewer } from '../../database/as-viewer.ts'
import { loadLedger } from '../../database/ledger.ts'
import { arrivalOf, listedAmong } from '../../database/queries/cases.ts'
import type { LoadedCase } from '../case/load-case.ts'
import type { Deps } from '../context/deps.ts'
import { viewerOf } from '../case/viewer.ts'

export interface Household {
  arrival: { number: string; href: string } | null
  household: { number: string; href: string }[]
}

/** A household is the same code on two rows of one arrival; only cases that the viewer may know are named. */
export async function householdOf(deps: Deps, loaded: LoadedCase): Promise<Household> {
  const arrival = await arrivalOf(deps.sql, loaded.caseId)
  if (arrival === null) return { arrival: null, household: [] }
  const href = `/api/v1/arrivals/${arrival.number}`
  const codes = Object.values(loaded.seen.runs).map((run) => run.inputs['household'])
  const code = codes.find((one) => typeof one === 'string' && one !== '')
  const entries = code === undefined ? [] : ((await loadLedger(deps.sql, deps.ring, arrival.caseId))?.entries ?? [])
  const rows = entries.flatMap(({ event }) => (event.kind === 'people_added' ? event.rows : []))
  const numbers = rows.flatMap(({ number, inputs }) =>
    inputs['household'] === code && number !== loaded.number ? [number] : [],
  )
  const viewer = viewerOf(loaded.session)
  const known =
    numbers.length === 0 ? [] : await asViewer(deps.sql, viewer, (lists) => listedAmong(lists, viewer, numbers))
  const household = known.map((number) => ({ number, href: `/api/v1/cases/${number}` }))
  return { arrival: { number: arrival.number, href }, household }
}
