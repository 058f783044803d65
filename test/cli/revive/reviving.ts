/** Reviving on a test installation, on whichever engine, with what was said. */

import type { Client } from '@temporalio/client'
import type { ReviveOptions } from '../../../cli/revive/options.ts'
import { reviveCases } from '../../../cli/revive/index.ts'
import type { Sql } from '../../../database/connect.ts'
import { loadLedger } from '../../../database/ledger.ts'
import { caseStateQuery, caseWorkflowId, type LiveCase } from '../../../workflows/messages.ts'
import type { TestInstallation } from '../../installation.ts'

export async function reviveOn(
  { db }: TestInstallation,
  temporal: Client,
  options: Partial<ReviveOptions> = { run: true },
): Promise<{ code: number; said: string }> {
  const said: string[] = []
  const given = { run: false, all: false, discard: false, ...options }
  const installation = { id: 'test', kind: 'training' as const, engine: 1 }
  const code = await reviveCases({ sql: db.sql, ring: db.ring, temporal, installation }, given, (line) => {
    said.push(line)
  })
  return { code, said: said.join('\n') }
}

export const liveOn = (temporal: Client, caseId: string): Promise<LiveCase> =>
  temporal.workflow.getHandle(caseWorkflowId(caseId)).query(caseStateQuery)

export async function kindsOf({ db }: TestInstallation, caseId: string, since = 0): Promise<string[]> {
  const ledger = await loadLedger(db.sql, db.ring, caseId, since)
  return (ledger?.entries ?? []).map(({ event }) => event.kind)
}

/** All that is about cases, parents first. */
const TABLES = [
  'cases',
  'case_keys',
  'people',
  'personal_answers',
  'case_events',
  'case_actions',
  'open_steps',
  'runs',
  'outbox',
  'person_marks',
  'documents',
  'drafts',
]
export async function withoutCases(owner: Sql): Promise<void> {
  for (const table of TABLES.toReversed()) await owner.unsafe(`delete from ${table}`)
}
/** A copy of the cases as they are now; the answer puts it back, once. */
export async function copyOfCases(owner: Sql): Promise<() => Promise<void>> {
  await owner`create schema copy`
  for (const table of TABLES) await owner.unsafe(`create table copy.${table} as select * from ${table}`)
  return async () => {
    await withoutCases(owner)
    for (const table of TABLES) await owner.unsafe(`insert into ${table} select * from copy.${table}`)
    await owner`drop schema copy cascade`
  }
}
