/** Keys of cases under another master key: what they seal stays as it is. */

import { openKey, sealedKey } from './case-keys.ts'
import type { Sql } from './connect.ts'
import type { KeyRing } from './keys.ts'

const BATCH = 500
/** The id of the master key stands before what it sealed. */
const KEY_ID = `convert_from(substring(wrapped from 2 for get_byte(wrapped, 0)), 'UTF8')`

/** How many keys of cases each master key has sealed. */
export async function wrappedUnder(sql: Sql): Promise<Map<string, number>> {
  const rows = await sql<{ id: string; count: number }[]>`select ${sql.unsafe(KEY_ID)} as id, count(*)::int as count
    from case_keys where wrapped is not null group by 1`
  return new Map(rows.map(({ id, count }) => [id, count]))
}

/** While everybody works: a key that was destroyed meanwhile stays destroyed. */
export async function rewrapCaseKeys(sql: Sql, ring: KeyRing): Promise<{ sealed: number; left: number }> {
  let sealed = 0
  for (;;) {
    const rows = await sql<{ caseId: string; compartment: string; wrapped: Buffer }[]>`
      select case_id, compartment, wrapped from case_keys
      where wrapped is not null and ${sql.unsafe(KEY_ID)} <> ${ring.current} limit ${BATCH}`
    if (rows.length === 0) return { sealed, left: 0 }
    for (const { caseId, compartment, wrapped } of rows) {
      const key = openKey(ring, caseId, compartment, wrapped)
      const done = await sql`update case_keys set wrapped = ${sealedKey(ring, caseId, compartment, key)}
        where case_id = ${caseId} and compartment = ${compartment} and wrapped = ${wrapped}`
      sealed += done.count
    }
  }
}
