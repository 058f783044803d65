/** `segin rebuild`: the rows that lists are served from, made again from the ledgers; `--check` only compares. */

import { differingOverview, rebuildOverview } from '../database/rebuild.ts'
import { command, DATA_DIR, type Say } from './command.ts'
import { openRecords, type Records } from './process.ts'
import { surroundings } from './surroundings.ts'

export const rebuild = command(
  {
    name: 'rebuild',
    says: 'Compares the overview of every case with its ledger and writes anew what differs, one transaction a case.',
    options: { check: { type: 'boolean', says: 'only say what differs' }, ...DATA_DIR },
  },
  async ({ values }, out) => {
    const records = await openRecords('rebuild', await surroundings(values['data-dir']))
    try {
      return await rebuildAll(records, values.check === true, out)
    } finally {
      await records.close()
    }
  },
)

/** 0 when nothing differed, or when all that differed was written anew. */
export async function rebuildAll({ sql, ring }: Records, check: boolean, out: Say): Promise<number> {
  const counts = { cases: 0, differ: 0, erased: 0 }
  const cases = sql<{ caseId: string; number: string }[]>`select case_id, number from cases
    where head_seq > 0 order by number`
  for await (const [row] of cases.cursor(1)) {
    if (!row) continue
    const { caseId, number } = row
    const differs = check
      ? await differingOverview(sql, ring, caseId, 'differs')
      : await rebuildOverview(sql, ring, caseId)
    counts.cases += 1
    if (differs === null) counts.erased += 1
    else if (differs.length > 0) {
      counts.differ += 1
      out(`${number}: ${differs.join(', ')}`)
    }
  }
  const did = counts.differ === 0 ? 'all as their ledgers say' : check ? 'differ' : 'were written anew'
  const erased = counts.erased === 0 ? '' : ` ${counts.erased} were erased and are left as they are.`
  out(`${counts.cases} cases: ${counts.differ === 0 ? '' : `${counts.differ} `}${did}.${erased}`)
  return check && counts.differ > 0 ? 1 : 0
}
