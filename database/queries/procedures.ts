import type { CompiledProcedure } from '../../procedures/language/compiled.ts'
import type { ProcedureDocument } from '../../procedures/language/shapes/procedure.ts'
import type { Sql, Transaction } from '../connect.ts'

/** The newest published version of each; unknown ids are left out. */
export async function newestProcedures(sql: Sql, ids: string[]): Promise<CompiledProcedure[]> {
  const rows =
    await sql`select distinct on (id) compiled from procedures where id = any(${ids}) order by id, version desc`
  return rows.map((row) => row['compiled'])
}

export async function proceduresByHash(sql: Sql, hashes: string[]): Promise<CompiledProcedure[]> {
  const rows = await sql`select compiled from procedures where hash = any(${hashes})`
  return rows.map((row) => row['compiled'])
}

export interface Published {
  compiled: CompiledProcedure
  /** The text for people, as it was written. */
  document: ProcedureDocument
  published: Date
}
/** Every published version, newest first. */
export async function allProcedures(sql: Sql): Promise<Published[]> {
  const rows = await sql`select compiled, document, published from procedures order by id, version desc`
  return rows.map((row) => ({ compiled: row['compiled'], document: row['document'], published: row['published'] }))
}

/** How many runs go on under each version. */
export async function openRunsByVersion(sql: Sql): Promise<{ procedure: string; version: number; open: number }[]> {
  const rows = await sql`select procedure, version, count(*)::int as open from runs
    where status = 'open' group by 1, 2 order by 1, 2`
  return rows.map((row) => ({ procedure: row['procedure'], version: row['version'], open: row['open'] }))
}

export class PublishedVersionChanged extends Error {
  readonly code = 'published_version_changed'
}
/** A published version never changes: the same content again is fine, other content is refused. True when it is new. */
export async function publishProcedure(
  sql: Sql | Transaction,
  compiled: CompiledProcedure,
  document: unknown,
): Promise<boolean> {
  const { id, version, hash } = compiled
  const [known] = await sql`select hash from procedures where id = ${id} and version = ${version}`
  if (known?.['hash'] === hash) return false
  if (known)
    throw new PublishedVersionChanged(`${id} version ${version} is published with other content: raise its version`)
  await sql`insert into procedures (id, version, hash, compiled, document, published)
    values (${id}, ${version}, ${hash}, ${sql.json(compiled as never)}, ${sql.json(document as never)}, now())`
  return true
}
