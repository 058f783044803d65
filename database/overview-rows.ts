/** The overview follows the ledger in its transaction: only rows that changed are written; the case's own with its head. */

import type { CaseRow, OutboxRow, RecordBatch, RunRow, StepRow } from '../cases/batch.ts'
import type { Transaction } from './connect.ts'
import { endPartnerLinks } from './queries/partner-links.ts'

export function applyOverview(
  tx: Transaction,
  batch: Pick<RecordBatch, 'caseId' | 'overview' | 'outbox'>,
): Promise<unknown>[] {
  const { caseId, overview, outbox } = batch
  const rows = outbox.map((row) => outboxRow(caseId, row))
  return [
    ...(overview.goneSteps.length > 0
      ? [tx`delete from open_steps where case_id = ${caseId} and item in ${tx(overview.goneSteps)}`]
      : []),
    ...overview.runs.map((row) => upsertRun(tx, caseId, row)),
    ...overview.runs.flatMap((row) => (row.status === 'open' ? [] : partnersLetGo(tx, caseId, row.run))),
    ...overview.steps.map((row) => upsertStep(tx, caseId, row)),
    ...(rows.length > 0 ? [tx`insert into outbox ${tx(rows)} on conflict do nothing`] : []),
  ]
}

const instant = (at: number | null): Date | null => (at === null ? null : new Date(at))

export function caseColumns(row: CaseRow) {
  const { status, stage, closedReason, home, centre, caseManager, mergedInto, settingsVersion, engine } = row
  const instants = { opened: new Date(row.opened), closed: instant(row.closed), nextWake: instant(row.nextWake) }
  return { status, stage, closedReason, home, centre, caseManager, mergedInto, settingsVersion, engine, ...instants }
}

export function runColumns(caseId: string, row: RunRow) {
  return { caseId, ...row, begun: new Date(row.begun) }
}

async function upsertRun(tx: Transaction, caseId: string, row: RunRow): Promise<void> {
  await tx`insert into runs ${tx(runColumns(caseId, row))} on conflict (case_id, run)
    do update set status = excluded.status, hidden_from = excluded.hidden_from`
}

/** A run that is over asks partners for nothing: their links die, and what was not sent yet never is. */
function partnersLetGo(tx: Transaction, caseId: string, run: string): Promise<unknown>[] {
  return [
    endPartnerLinks(tx, caseId, run),
    tx`update outbox set state = 'dropped', lease_until = null where case_id = ${caseId} and state = 'pending'
      and role like 'partner:%' and split_part(item, '.', 1) = ${run} and notice <> 'erase'`,
  ]
}

export function stepColumns(caseId: string, row: StepRow) {
  const { openedAt, dueAt, nextRungAt, clockUnit = null, ...rest } = row
  const instants = { opened: new Date(openedAt), due: instant(dueAt), nextRung: instant(nextRungAt) }
  return { caseId, ...rest, clockUnit, ...instants }
}

async function upsertStep(tx: Transaction, caseId: string, row: StepRow): Promise<void> {
  const columns = stepColumns(caseId, row)
  await tx`insert into open_steps ${tx(columns)} on conflict (case_id, item) do update set ${tx(columns)}`
}

function outboxRow(caseId: string, row: OutboxRow) {
  const { user, dueAt, ...rest } = row
  return { caseId, ...rest, userId: user, due: new Date(dueAt) }
}
