import { openingOf } from '../cases/arrival-row.ts'
import { FIRST_HASH } from '../cases/chain.ts'
import type { Entry } from '../cases/events.ts'
import { fold } from '../cases/evolve/index.ts'
import type { CaseState } from '../cases/state.ts'
import { commitmentKeyOf } from '../database/case-keys.ts'
import { loadLedger } from '../database/ledger.ts'
import { type InstallationRow, readInstallation } from '../database/queries/installation.ts'
import { proceduresByHash } from '../database/queries/procedures.ts'
import { neverOpened } from '../database/queries/revive.ts'
import { newestSettings, settingsOfVersion } from '../database/queries/settings.ts'
import type { CaseInput, WantedCase } from '../workflows/messages.ts'
import type { Tools } from './tools.ts'

const SPREAD_MS = 600_000
const spreadOf = ({ kind }: InstallationRow): number => (kind === 'service' ? SPREAD_MS : 0)

/** The input of a case that was never opened. */
export async function newCaseInput({ sql, ring }: Tools, caseId: string): Promise<CaseInput> {
  const [settings, installation] = await Promise.all([newestSettings(sql), readInstallation(sql)])
  if (!settings || !installation) throw new Error('the installation has no settings yet')
  return {
    caseId,
    engine: installation.engine,
    incarnation: 1,
    commitmentKey: await commitmentKeyOf(sql, ring, caseId),
    settings,
    state: null,
    head: { seq: 0, hash: FIRST_HASH },
    shelf: {},
    spreadMs: spreadOf(installation),
  }
}

/**
 * The input of a case that goes on from its ledger. It begins under the settings that it had, and takes newer ones like
 * every other case. null when entries were erased: nobody can say what state they led to.
 */
export async function revivedCaseInput({ sql, ring }: Tools, caseId: string): Promise<CaseInput | null> {
  const [ledger, newest, installation] = await Promise.all([
    loadLedger(sql, ring, caseId),
    newestSettings(sql),
    readInstallation(sql),
  ])
  if (!newest || !installation) throw new Error('the installation has no settings yet')
  if (!ledger || ledger.erased.length > 0) return null
  const state = fold(caseId, ledger.entries)
  const [settings, procedures, commitmentKey, wanted] = await Promise.all([
    settingsOfVersion(sql, state.settingsVersion),
    proceduresByHash(sql, [...new Set(Object.values(state.runs).map((run) => run.procedure.hash))]),
    commitmentKeyOf(sql, ring, caseId),
    stillWanted({ sql }, state, ledger.entries),
  ])
  return {
    caseId,
    engine: state.engine,
    incarnation: ledger.incarnation,
    commitmentKey,
    settings: settings ?? newest,
    state,
    head: ledger.head,
    shelf: Object.fromEntries(procedures.map((one) => [one.hash, one])),
    wanted,
    spreadMs: spreadOf(installation),
  }
}

/** Rows of an arrival whose case is wanted and not in the record. */
async function stillWanted({ sql }: Pick<Tools, 'sql'>, state: CaseState, entries: Entry[]): Promise<WantedCase[]> {
  const wanted = entries.flatMap((entry) => {
    const opening = openingOf(state, entry)
    return opening ? [{ ...opening, arrival: state.number }] : []
  })
  const missing = await neverOpened(
    sql,
    wanted.map((one) => one.caseId),
  )
  return wanted.filter((one) => missing.has(one.caseId))
}
