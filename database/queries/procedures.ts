import type { CompiledProcedure } from '../../procedures/language/compiled.ts'
import type { ProcedureDocument } from '../../procedures/language/shapes/procedure.ts'
import { json, type Sql, type Transaction } from '../connect.ts'

interface Compiled {
  compiled: CompiledProcedure
}
/** The newest published version of each; unknown ids are left out. */
export async function newestProcedures(sql: Sql, ids: string[]): Promise<CompiledProcedure[]> {
  const rows = await sql<Compiled[]>`select distinct on (id) compiled from procedures
    where id = any(${ids}) order by id, version desc`
  return rows.map(({ compiled }) => compiled)
}

/** The hashes of the newest published versions, in the order of their ids; unknown ids are left out. */
export async function newestHashes(sql: Sql, ids: string[]): Promise<string[]> {
  const rows = await sql<{ hash: string }[]>`
    select distinct on (id) hash from procedures where id = any(${ids}) order by id, version desc`
  return rows.map(({ hash }) => hash)
}

export async function proceduresByHash(sql: Sql, hashes: string[]): Promise<CompiledProcedure[]> {
  const rows = await sql<Compiled[]>`select compiled from procedures where hash = any(${hashes})`
  return rows.map(({ compiled }) => compiled)
}

export interface Published extends Compiled {
  /** The text for people, as it was written. */
  document: ProcedureDocument
  published: Date
}
/** Every published version, newest first. */
export async function allProcedures(sql: Sql): Promise<Published[]> {
  return sql<Published[]>`select compiled, document, published from procedures order by id, version desc`
}

/** How many runs go on under each version. */
export async function openRunsByVersion(sql: Sql): Promise<{ procedure: string; version: number; open: number }[]> {
  return sql<{ procedure: string; version: number; open: number }[]>`
    select procedure, version, count(*)::int as open from runs
    where status = 'open' group by 1, 2 order by 1, 2`
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
  const [known] = await sql<{ hash: string }[]>`select hash from procedures where id = ${id} and version = ${version}`
  if (known?.hash === hash) return false
  if (known)
    throw new PublishedVersionChanged(`${id} version ${version} is published with other content: raise its version`)
  await sql`insert into procedures (id, version, hash, compiled, document, published)
    values (${id}, ${version}, ${hash}, ${json(sql, compiled)}, ${json(sql, document)}, now())`
  return true
}
