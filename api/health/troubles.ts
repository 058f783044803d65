/** What needs the operator's hand, worst first: one source for the list over HTTP and for `segin doctor`. */

import type { Client } from '@temporalio/client'
import type { Sql } from '../../database/connect.ts'
import { allStaffingHoles, casesAsleep, casesById, parkedMail, stoppedCases } from '../../database/queries/troubles.ts'
import type { TroubleKind } from '../texts/troubles.ts'
import { poisonedCases } from './poisoned.ts'

export interface Trouble {
  kind: TroubleKind
  since: Date | null
  /** Number of the case. */
  case: string | null
  why?: string
  count?: number
  role?: string
  place?: string
}

/** `now`: business time. `restricted`: whether what only restricted runs hold may be among them. */
export async function gatherTroubles(
  sql: Sql,
  temporal: Client,
  now: Date,
  { restricted }: { restricted: boolean } = { restricted: false },
): Promise<Trouble[]> {
  const [stopped, poisoned, asleep, mail, holes] = await Promise.all([
    stoppedCases(sql),
    poisonedCases(temporal),
    casesAsleep(sql, now, { restricted }),
    parkedMail(sql, { restricted }),
    allStaffingHoles(sql),
  ])
  const failing = await casesById(sql, poisoned ?? [])
  const none = { since: null, case: null }
  return [
    ...stopped.map(({ number, since, why }) => ({ kind: 'recorder_stopped' as const, since, case: number, why })),
    ...(poisoned === null ? [{ kind: 'engine_silent' as const, ...none }] : []),
    ...failing.map(({ number }) => ({ kind: 'workflow_fails' as const, since: null, case: number })),
    ...asleep.map(({ number, since }) => ({ kind: 'past_wake' as const, since, case: number })),
    ...mail.map(({ problem: why, count, oldest }) => ({
      kind: 'mail_parked' as const,
      since: oldest,
      case: null,
      why,
      count,
    })),
    ...holes.map(({ role, place, since }) => ({ kind: 'role_unheld' as const, since, case: null, role, place })),
  ]
}
