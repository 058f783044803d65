import { randomUUID } from 'node:crypto'
import type { Sql } from '../connect.ts'

export interface InstallationRow {
  id: string
  kind: 'training' | 'service'
  /** The engine that new cases get. */
  engine: number
}
/** null before the first start. */
export async function readInstallation(sql: Sql): Promise<InstallationRow | null> {
  const [row] = await sql<InstallationRow[]>`select id, kind, engine from installation`
  return row ?? null
}

/** Made once; a training installation never becomes a service one. */
export async function makeInstallation(sql: Sql, kind: 'training' | 'service', engine: number): Promise<void> {
  await sql`insert into installation (id, kind, engine, created) values (${randomUUID()}, ${kind}, ${engine}, now())
    on conflict do nothing`
}
/** The engine of new cases only rises. False when it is as new already. */
export async function raiseEngine(sql: Sql, engine: number): Promise<boolean> {
  const { count } = await sql`update installation set engine = ${engine} where engine < ${engine}`
  return count > 0
}
