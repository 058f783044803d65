/** The overview of a case made again from its ledger, and held against what stands in the lists. */

import postgres from 'postgres'
import { canonicalJson } from '../cases/canonical.ts'
import { fold } from '../cases/evolve/index.ts'
import { changesBetween, overviewOf } from '../cases/overview.ts'
import type { Overview } from '../cases/batch.ts'
import type { Sql, Transaction } from './connect.ts'
import type { KeyRing } from './keys.ts'
import { loadLedger } from './ledger.ts'
import { applyOverview, caseColumns, runColumns, stepColumns } from './overview-rows.ts'
import { newestSettings, settingsOfVersion } from './queries/settings.ts'

type Columns = Record<string, unknown>

/** Columns that a release added: rows of before leave them empty, which says nothing wrong. */
const ADDED: ReadonlySet<string> = new Set(['clockUnit'])
/** Whether an empty column of `ADDED` counts as a difference. */
export type Unfilled = 'differs' | 'passes'

/** Columns and rows that differ, as `next_wake` or `open_steps plan-k7m.validation.1`; null when entries were erased. */
export function differingOverview(
  sql: Sql,
  ring: KeyRing,
  caseId: string,
  unfilled: Unfilled,
): Promise<string[] | null> {
  return sql.begin('isolation level repeatable read read only', async (tx) => {
    const overview = await overviewFrom(tx, ring, caseId)
    return overview && differences(tx, caseId, overview, unfilled)
  })
}

/** Writes anew what differs, in one transaction, while nobody else writes to the case. Answers what differed. */
export function rebuildOverview(sql: Sql, ring: KeyRing, caseId: string): Promise<string[] | null> {
  return sql.begin(async (tx) => {
    await tx`select 1 from cases where case_id = ${caseId} for update`
    const overview = await overviewFrom(tx, ring, caseId)
    if (!overview) return null
    const differed = await differences(tx, caseId, overview, 'differs')
    if (differed.length > 0) await writeOverview(tx, caseId, overview)
    return differed
  })
}

async function writeOverview(tx: Transaction, caseId: string, overview: Overview): Promise<void> {
  await tx`delete from open_steps where case_id = ${caseId}`
  await tx`delete from runs where case_id = ${caseId}`
  const whole = { ...changesBetween(null, overview), whole: true }
  await tx`update cases set ${tx(caseColumns(overview.case))} where case_id = ${caseId}`
  await Promise.all(applyOverview(tx, { caseId, overview: whole, outbox: [] }))
}

async function overviewFrom(sql: Transaction, ring: KeyRing, caseId: string): Promise<Overview | null> {
  const ledger = await loadLedger(sql, ring, caseId)
  if (!ledger || ledger.erased.length > 0) return null
  const state = fold(caseId, ledger.entries)
  const settings = (await settingsOfVersion(sql, state.settingsVersion)) ?? (await newestSettings(sql))
  return settings && overviewOf(state, { settings })
}

async function differences(
  sql: Transaction,
  caseId: string,
  overview: Overview,
  unfilled: Unfilled,
): Promise<string[]> {
  const [[row], runs, steps] = await Promise.all([
    sql<Columns[]>`select * from cases where case_id = ${caseId}`,
    sql<Columns[]>`select * from runs where case_id = ${caseId}`,
    sql<Columns[]>`select * from open_steps where case_id = ${caseId}`,
  ])
  return [
    ...differing(caseColumns(overview.case), row ?? {}, unfilled).map(postgres.fromCamel),
    ...unlike(
      'runs',
      'run',
      Object.values(overview.runs).map((one) => runColumns(caseId, one)),
      runs,
      unfilled,
    ),
    ...unlike(
      'open_steps',
      'item',
      Object.values(overview.steps).map((one) => stepColumns(caseId, one)),
      steps,
      unfilled,
    ),
  ]
}

/** Instants compare as text. */
const same = (a: unknown, b: unknown): boolean => plain(a) === plain(b)
const plain = (value: unknown): string => canonicalJson(JSON.parse(JSON.stringify(value ?? null)))
const differing = (wanted: Columns, found: Columns, unfilled: Unfilled): string[] =>
  Object.keys(wanted).filter((column) => {
    if (unfilled === 'passes' && ADDED.has(column) && found[column] === null) return false
    return !same(wanted[column], found[column])
  })

function unlike(
  table: string,
  key: string,
  wanted: Columns[],
  found: readonly Columns[],
  unfilled: Unfilled,
): string[] {
  const byKey = new Map(found.map((row) => [row[key], row]))
  const changed = wanted.filter((row) => differing(row, byKey.get(row[key]) ?? {}, unfilled).length > 0)
  const known = new Set(wanted.map((row) => row[key]))
  const left = found.filter((row) => !known.has(row[key]))
  return [...changed, ...left].map((row) => `${table} ${String(row[key])}`)
}
