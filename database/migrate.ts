/** Numbered migrations, each in one transaction, once; a changed one is refused. */

import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { Sql, Transaction } from './connect.ts'

const FOLDER = new URL('./migrations/', import.meta.url)

export class MigrationChanged extends Error {
  readonly code = 'migration_changed'
}

const migrationFiles = async (): Promise<string[]> =>
  (await readdir(FOLDER)).filter((file) => file.endsWith('.sql')).toSorted()

/** `sql` must be the owner's connection. Answers the names that were applied now. Several installers may call it at once. */
export async function migrate(sql: Sql): Promise<string[]> {
  await alone(
    sql,
    (tx) =>
      tx`create table if not exists schema_migrations (name text primary key, sha256 text not null, applied timestamptz not null default now())`,
  )
  const applied: string[] = []
  for (const name of await migrationFiles()) {
    const text = await readFile(new URL(name, FOLDER), 'utf8')
    if (await alone(sql, (tx) => applyOnce(tx, name, text))) applied.push(name)
  }
  return applied
}

/** One transaction; other installers wait at the lock until it ends. */
function alone<T>(sql: Sql, work: (tx: Transaction) => Promise<T>) {
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('segin migrate'))`
    return work(tx)
  })
}

async function applyOnce(tx: Transaction, name: string, text: string): Promise<boolean> {
  const sha256 = createHash('sha256').update(text).digest('hex')
  const [known] = await tx<{ sha256: string }[]>`select sha256 from schema_migrations where name = ${name}`
  if (known?.sha256 === sha256) return false
  if (known) throw new MigrationChanged(`${name} was applied with other content; add a new migration instead`)
  await tx.unsafe(text)
  await tx`insert into schema_migrations (name, sha256) values (${name}, ${sha256})`
  return true
}

/** Migrations of this release that the database has not had, and those it has had and this release does not know. */
export async function migrationsBeside(sql: Sql): Promise<{ pending: string[]; unknown: string[] }> {
  const applied = await sql<{ name: string }[]>`select name from schema_migrations order by name`
  const done = applied.map(({ name }) => name)
  const ours = await migrationFiles()
  return {
    pending: ours.filter((name) => !done.includes(name)),
    unknown: done.filter((name) => !ours.includes(name)),
  }
}
