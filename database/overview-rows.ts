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
  return {
    status: row.status,
    stage: row.stage,
    opened: new Date(row.opened),
    closed: instant(row.closed),
    closed_reason: row.closedReason,
    home: row.home,
    centre: row.centre,
    case_manager: row.caseManager,
    merged_into: row.mergedInto,
    next_wake: instant(row.nextWake),
    settings_version: row.settingsVersion,
    engine: row.engine,
  }
}

export function runColumns(caseId: string, row: RunRow) {
  return {
    case_id: caseId,
    run: row.run,
    procedure: row.procedure,
    version: row.version,
    hash: row.hash,
    status: row.status,
    begun: new Date(row.begun),
    visible_to: row.visibleTo,
    hidden_from: row.hiddenFrom,
  }
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
  const { item, run, procedure, version, step, round, kind, stage, state } = row
  const { roles, users, partner, told, place, owner } = row
  return {
    case_id: caseId,
    item,
    run,
    procedure,
    version,
    step,
    round,
    kind,
    stage,
    state,
    roles,
    users,
    partner,
    told,
    place,
    owner,
    visible_to: row.visibleTo,
    opened: new Date(row.openedAt),
    clock: row.clock,
    clock_kind: row.clockKind,
    clock_unit: row.clockUnit ?? null,
    due: instant(row.dueAt),
    breached: row.breached,
    next_rung: instant(row.nextRungAt),
    next_rung_role: row.nextRungRole,
    fired: row.fired,
  }
}

async function upsertStep(tx: Transaction, caseId: string, row: StepRow): Promise<void> {
  const columns = stepColumns(caseId, row)
  await tx`insert into open_steps ${tx(columns)} on conflict (case_id, item) do update set ${tx(columns)}`
}

function outboxRow(caseId: string, row: OutboxRow) {
  return {
    key: row.key,
    case_id: caseId,
    item: row.item,
    notice: row.notice,
    rung: row.rung,
    role: row.role,
    user_id: row.user,
    place: row.place,
    due: new Date(row.dueAt),
    restricted: row.restricted,
  }
}
