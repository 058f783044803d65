/** What was declared on this installation, and whether every case has lived through it. */

import type { Settings } from '../../procedures/language/settings.ts'
import type { Instant } from '../../cases/time.ts'
import type { Sql } from '../connect.ts'

/** The settings that a declaration with this prefix of its reason made; undefined when it was never made. */
export async function settingsDeclaredAs(sql: Sql, prefix: string): Promise<Settings | undefined> {
  const [row] = await sql<{ content: Settings }[]>`select content from settings
    where starts_with(reason, ${prefix}) order by version limit 1`
  return row?.content
}

/** Reasons of one kind, oldest first. */
export async function reasonsOf(sql: Sql, prefix: string): Promise<{ version: number; reason: string }[]> {
  return sql<{ version: number; reason: string }[]>`select version, reason from settings
    where starts_with(reason, ${prefix}) order by version`
}

/** Open cases for which something has fallen due that they have not lived through yet. */
export async function countAsleep(sql: Sql, now: Instant): Promise<number> {
  const [row] = await sql<[{ count: number }]>`select count(*)::int as count from cases
    where status = 'open' and next_wake <= ${new Date(now)}`
  return row.count
}

/** The earliest instant at which any open case will do something by itself; null when none waits for anything. */
export async function earliestWake(sql: Sql): Promise<Instant | null> {
  const [{ at }] = await sql<[{ at: Date | null }]>`select min(next_wake) as at from cases where status = 'open'`
  return at?.getTime() ?? null
}
