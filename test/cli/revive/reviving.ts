/** Reviving on a test installation, on whichever engine, with what was said. */

import type { Client } from '@temporalio/client'
import type { ReviveOptions } from '../../../cli/revive/options.ts'
import { reviveCases } from '../../../cli/revive/index.ts'
import { loadLedger } from '../../../database/ledger.ts'
import { caseStateQuery, caseWorkflowId, type LiveCase } from '../../../workflows/messages.ts'
import type { TestInstallation } from '../../installation.ts'

export async function reviveOn(
  { db }: TestInstallation,
  temporal: Client,
  options: Partial<ReviveOptions> = { run: true },
): Promise<{ code: number; said: string }> {
  const said: string[] = []
  const given = { run: false, all: false, discard: false, help: false, ...options }
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
