/** A case as it lies in the database, sealed: all that cannot be made again from its ledger, and the ledger. */

import { z } from 'zod'
import { openKey } from './case-keys.ts'
import { json, type Sql } from './connect.ts'
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

const rows = z.array(z.record(z.string(), z.unknown()))
const caseRow = z.looseObject({ case_id: z.string(), number: z.string(), head_seq: z.int(), head_hash: z.string() })
const keyRow = z.looseObject({ compartment: z.string(), wrapped: z.string().nullable() })
const entryRow = z.looseObject({
  seq: z.int(),
  compartment: z.string(),
  sealed: z.string(),
  commitment: z.string(),
  hash: z.string(),
})
/** Rows by table, as Postgres writes them in JSON: bytes as hex after `\x`. Columns that are looked at here are named. */
export const exportedCase = z.strictObject({
  cases: z.tuple([caseRow]),
  case_keys: z.array(keyRow),
  case_events: z.array(entryRow),
  case_actions: rows,
  people: rows,
  person_marks: rows,
  personal_answers: rows,
  documents: rows,
  document_pieces: rows,
  overrides: rows,
} satisfies Record<(typeof EXPORTED)[number], z.ZodType>)
export type ExportedCase = z.infer<typeof exportedCase>

export async function exportCase(sql: Sql, caseId: string): Promise<ExportedCase> {
  const tables = await Promise.all(
    EXPORTED.map(async (table) => {
      const mine =
        table === 'document_pieces'
          ? sql`document_id in (select id from documents where case_id = ${caseId})`
          : sql`case_id = ${caseId}`
      const order = table === 'case_events' ? sql`order by seq` : sql``
      const found = await sql<{ row: unknown }[]>`select to_jsonb(t) as row from ${sql(table)} t where ${mine} ${order}`
      return [table, found.map(({ row }) => row)]
    }),
  )
  return exportedCase.parse(Object.fromEntries(tables))
}

/** All of it or nothing. False when this installation has the case, or another of its number. */
export async function importCase(sql: Sql, ring: KeyRing, exported: ExportedCase): Promise<boolean> {
  const [{ case_id: caseId, number }] = exported.cases
  const added = await sql.begin(async (tx) => {
    const known = await tx`select 1 from cases where case_id = ${caseId} or number = ${number}`
    if (known.length > 0) return false
    for (const table of EXPORTED) {
      const found = exported[table]
      // Where it came from it may be in the feed; here it is not yet.
      const added = json(tx, table === 'cases' ? found.map((one) => ({ ...one, placed_seq: 0 })) : found)
      await tx`insert into ${tx(table)} select * from jsonb_populate_recordset(null::${tx(table)}, ${added})`
    }
    return true
  })
  if (added) await rebuildOverview(sql, ring, caseId)
  return added
}

const bytes = (hex: string): Uint8Array => Buffer.from(hex.slice(2), 'hex')

/** Throws `unreadable` when the keys at hand are those of another installation. */
export function ledgerOf(exported: ExportedCase, ring: KeyRing | null): VerifiedLedger {
  const [{ case_id: caseId, head_seq: seq, head_hash: hash }] = exported.cases
  return {
    caseId,
    head: { seq, hash },
    rows: exported.case_events.map((one) => ({ ...one, sealed: bytes(one.sealed) })),
    keys: ring && keysIn(exported, ring, caseId),
  }
}

function keysIn(exported: ExportedCase, ring: KeyRing, caseId: string): Map<string, Uint8Array> {
  const whole = exported.case_keys.flatMap(({ compartment, wrapped }): [string, Uint8Array][] =>
    wrapped === null ? [] : [[compartment, openKey(ring, caseId, compartment, bytes(wrapped))]],
  )
  return new Map(whole)
}
