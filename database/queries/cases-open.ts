import type { Sql } from '../connect.ts'

/** Every open case and arrival: each has a workflow. */
export async function openCaseIds(sql: Sql): Promise<string[]> {
  return (await sql`select case_id from cases where status = 'open' order by case_id`).map((row) =>
    String(row['case_id']),
  )
}
