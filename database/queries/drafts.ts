import { GENERAL, keyOf, openKey } from '../case-keys.ts'
import type { Sql } from '../connect.ts'
import { type KeyRing, open, seal, Unreadable } from '../keys.ts'
import type { Reading } from './reads.ts'

export interface DraftAddress {
  caseId: string
  item: string
  user: string
}
const bound = ({ caseId, item, user }: DraftAddress): string[] => ['draft', caseId, item, user]

export async function saveDraft(
  sql: Sql,
  ring: KeyRing,
  draft: DraftAddress & { content: unknown; at: number },
): Promise<void> {
  const key = await keyOf(sql, ring, draft.caseId, GENERAL)
  if (!key) throw new Unreadable()
  const sealed = seal(key, JSON.stringify(draft.content), bound(draft))
  await sql`insert into drafts (case_id, item, user_id, sealed, saved)
    values (${draft.caseId}, ${draft.item}, ${draft.user}, ${sealed}, ${new Date(draft.at)})
    on conflict (case_id, item, user_id) do update set sealed = excluded.sealed, saved = excluded.saved`
}

/** The draft of one person for one item, for that person, on record; undefined when there is none. */
export async function readDraft(
  sql: Sql,
  ring: KeyRing,
  draft: DraftAddress,
  reading: Reading,
): Promise<{ content: unknown; saved: Date } | undefined> {
  const { caseId, item, user } = draft
  const [[row]] = await Promise.all([
    sql<{ sealed: Buffer; saved: Date; wrapped: Buffer }[]>`select d.sealed, d.saved, k.wrapped
      from drafts d join case_keys k on k.case_id = d.case_id
      where d.case_id = ${caseId} and d.item = ${item} and d.user_id = ${user}
        and k.compartment = ${GENERAL} and k.wrapped is not null`,
    reading.kept,
  ])
  if (!row) return undefined
  const key = openKey(ring, caseId, GENERAL, row.wrapped)
  const content: unknown = JSON.parse(open(key, row.sealed, bound(draft)))
  return { content, saved: row.saved }
}

/** When this person saved a draft, by item, among these cases. */
export async function draftTimes(sql: Sql, user: string, cases: string[]): Promise<Map<string, Date>> {
  const rows = await sql<{ caseId: string; item: string; saved: Date }[]>`select case_id, item, saved from drafts
    where user_id = ${user} and case_id = any(${cases})`
  return new Map(rows.map(({ caseId, item, saved }) => [`${caseId}.${item}`, saved]))
}

export async function deleteDraft(sql: Sql, draft: DraftAddress): Promise<void> {
  await sql`delete from drafts where case_id = ${draft.caseId} and item = ${draft.item} and user_id = ${draft.user}`
}
