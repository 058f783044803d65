import type { Sql } from '../connect.ts'

/** Open cases that behave as an older engine, by id, after the one given. */
export async function casesOnOlder(sql: Sql, engine: number, after: string | null, limit: number): Promise<string[]> {
  const rows = await sql<{ caseId: string }[]>`select case_id from cases
    where status = 'open' and engine < ${engine} and (${after}::uuid is null or case_id > ${after}::uuid)
    order by case_id limit ${limit}`
  return rows.map(({ caseId }) => caseId)
}
export async function countOnOlder(sql: Sql, engine: number): Promise<number> {
  const [row] = await sql<[{ count: number }]>`select count(*)::int as count from cases
    where status = 'open' and engine < ${engine}`
  return row.count
}
/** The newest engine that an open case behaves as; 1 when there is none. */
export async function newestEngineOfCases(sql: Sql): Promise<number> {
  const [row] = await sql<[{ newest: number }]>`select coalesce(max(engine), 1)::int as newest from cases
    where status = 'open'`
  return row.newest
}
export async function countOpenCases(sql: Sql): Promise<number> {
  const [row] = await sql<[{ count: number }]>`select count(*)::int as count from cases where status = 'open'`
  return row.count
}
