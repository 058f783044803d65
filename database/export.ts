/** A case as it lies in the database, sealed: all that cannot be made again from its ledger, and the ledger. */

import { openKey } from './case-keys.ts'
import type { Sql } from './connect.ts'
import type { KeyRing } from './keys.ts'
import { rebuildOverview } from './rebuild.ts'
import type { VerifiedLedger } from './verify.ts'

/** In the order in which they can be added. */
export const EXPORTED = [
  'cases',
  'case_keys',
  'case_events',
  'case_actions',
  'people',
  'person_marks',
  'personal_answers',
  'documents',
  'document_pieces',
  'overrides',
] as const
/** Made again from the ledger, or of this installation alone: what is not done yet, sent, asked by link, handed over, in a batch or in the feed. */
export const LEFT = [
  'runs',
  'open_steps',
  'drafts',
  'outbox',
  'outbox_done',
  'partner_links',
  'handover_cases',
  'batch_cases',
  'event_feed',
] as const

type Row = Record<string, unknown>
/** Rows by table, as Postgres writes them in JSON: bytes as hex after `\x`. */
export type ExportedCase = Record<(typeof EXPORTED)[number], Row[]>

export async function exportCase(sql: Sql, caseId: string): Promise<ExportedCase> {
  const rows = await Promise.all(
    EXPORTED.map(async (table) => {
      const mine =
        table === 'document_pieces'
          ? sql`document_id in (select id from documents where case_id = ${caseId})`
          : sql`case_id = ${caseId}`
      const order = table === 'case_events' ? sql`order by seq` : sql``
      const found = await sql`select to_jsonb(t) as row from ${sql(table)} t where ${mine} ${order}`
      return [table, found.map(({ row }) => row as Row)] as const
    }),
  )
  return Object.fromEntries(rows) as ExportedCase
}

/** All of it or nothing. False when this installation has the case, or another of its number. */
export async function importCase(sql: Sql, ring: KeyRing, exported: ExportedCase): Promise<boolean> {
  const [row] = exported.cases
  const caseId = String(row?.['case_id'])
  const added = await sql.begin(async (tx) => {
    const known = await tx`select 1 from cases where case_id = ${caseId} or number = ${String(row?.['number'])}`
    if (known.length > 0) return false
    for (const table of EXPORTED) {
      const found = exported[table]
      // Where it came from it may be in the feed; here it is not yet.
      const rows = tx.json((table === 'cases' ? found.map((one) => ({ ...one, placed_seq: 0 })) : found) as never)
      await tx`insert into ${tx(table)} select * from jsonb_populate_recordset(null::${tx(table)}, ${rows})`
    }
    return true
  })
  if (added) await rebuildOverview(sql, ring, caseId)
  return added
}

const bytes = (hex: unknown): Uint8Array => Buffer.from(String(hex).slice(2), 'hex')

/** Throws `unreadable` when the keys at hand are those of another installation. */
export function ledgerOf(exported: ExportedCase, ring: KeyRing | null): VerifiedLedger {
  const [row] = exported.cases
  const caseId = String(row?.['case_id'])
  return {
    caseId,
    head: { seq: Number(row?.['head_seq']), hash: String(row?.['head_hash']) },
    rows: exported.case_events.map((one) => ({
      seq: Number(one['seq']),
      compartment: String(one['compartment']),
      sealed: bytes(one['sealed']),
      commitment: String(one['commitment']),
      hash: String(one['hash']),
    })),
    keys: ring && keysIn(exported, ring, caseId),
  }
}

function keysIn(exported: ExportedCase, ring: KeyRing, caseId: string): Map<string, Uint8Array> {
  const whole = exported.case_keys.filter((one) => one['wrapped'] !== null)
  return new Map(
    whole.map((one) => {
      const compartment = String(one['compartment'])
      return [compartment, openKey(ring, caseId, compartment, bytes(one['wrapped']))]
    }),
  )
}
