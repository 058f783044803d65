import type { Sql } from '../connect.ts'

/** Every open case and arrival: each has a workflow. */
export async function openCaseIds(sql: Sql): Promise<string[]> {
  const rows = await sql<{ caseId: string }[]>`select case_id from cases where status = 'open' order by case_id`
  return rows.map(({ caseId }) => caseId)
}
