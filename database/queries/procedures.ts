/** Published procedures, in the small form that cases carry. */

import type { CompiledProcedure } from '../../procedures/language/compiled.ts'
import type { Sql } from '../connect.ts'

const compiled = (rows: readonly Record<string, unknown>[]): CompiledProcedure[] =>
  rows.map((row) => row['compiled'] as CompiledProcedure)

/** The newest published version of each; ids that were never published are left out. */
export async function newestProcedures(sql: Sql, ids: string[]): Promise<CompiledProcedure[]> {
  if (ids.length === 0) return []
  return compiled(
    await sql`select distinct on (id) compiled from procedures where id in ${sql(ids)} order by id, version desc`,
  )
}

export async function proceduresByHash(sql: Sql, hashes: string[]): Promise<CompiledProcedure[]> {
  if (hashes.length === 0) return []
  return compiled(await sql`select compiled from procedures where hash in ${sql(hashes)}`)
}
