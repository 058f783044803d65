/** Read traces: whoever unseals something about a person for a person says who and why, on record, before it is answered. */

import type { Sql } from '../connect.ts'

export interface Read {
  user: string
  /** The operation of the API that answers. */
  purpose: string
  caseIds: string[]
  /** A restricted run that is read; null for what everybody who knows the case may read. */
  run: string | null
}

/** Made only by a read that is being recorded; unsealing takes one and waits for it. */
export class Reading {
  readonly kept: Promise<unknown>

  private constructor(kept: Promise<unknown>) {
    this.kept = kept
    // Told to whoever waits for it, which may be nobody yet.
    kept.catch(() => {})
  }

  /** One statement, on its way while the sealed rows are fetched. */
  static by(sql: Sql, reads: Read[]): Reading {
    const rows = reads
      .filter((one) => one.caseIds.length > 0)
      .map(({ user, purpose, run, caseIds }) => ({ userId: user, purpose, run, caseIds }))
    return new Reading(rows.length === 0 ? Promise.resolve() : sql`insert into reads ${sql(rows)}`)
  }
}

export interface ReadRow {
  id: string
  at: Date
  user: string
  purpose: string
  run: string | null
}
/** Newest first; `runs`: the restricted runs whose reads may be told. */
export async function readsOf(
  sql: Sql,
  caseId: string,
  page: { runs: string[]; limit: number; before: string | null },
): Promise<ReadRow[]> {
  return sql<ReadRow[]>`select id, at, user_id as user, purpose, run from reads
    where case_ids @> array[${caseId}]::uuid[] and (run is null or run = any(${page.runs}))
      and (${page.before}::bigint is null or id < ${page.before}) order by id desc limit ${page.limit}`
}
