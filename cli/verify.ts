/** `segin verify`: holds every ledger against its chain and its commitments, in the database or in an export. */

import { keysOf } from '../database/case-keys.ts'
import type { Sql } from '../database/connect.ts'
import { ledgerOf } from '../database/export.ts'
import type { KeyRing } from '../database/keys.ts'
import { firstFlaw, type Flaw, type LedgerRow, type VerifiedLedger } from '../database/verify.ts'
import { command, DATA_DIR, type Say } from './command.ts'
import { readRing } from './configuration.ts'
import { casesIn } from './export-file.ts'
import { openRecords } from './process.ts'
import { surroundings } from './surroundings.ts'

const SAYS: Record<Flaw['why'], string> = {
  chain: 'does not follow from the entry before it',
  end: 'is missing, or follows the end that the case knows',
  content: 'is sealed otherwise than it was committed to',
}

export const verify = command(
  {
    name: 'verify',
    forms: ['[FILE]'],
    words: [0, 1],
    says: `Holds every ledger against its chain. Without FILE the database is read; FILE is one that \`segin export\` wrote,
and needs no installation. The chain needs no key. With the keys at hand each entry is also held against its commitment.`,
    options: { keys: { type: 'string', value: 'FOLDER', says: 'the keys of what is in FILE' }, ...DATA_DIR },
  },
  async ({ values, words: [file] }, out) => {
    if (file !== undefined) {
      const ring = values.keys === undefined ? null : await readRing(values.keys, 'master')
      return verifyAll(ledgersIn(file, ring), out)
    }
    const records = await openRecords('verify', await surroundings(values['data-dir']))
    try {
      return await verifyAll(ledgersOf(records.sql, records.ring), out)
    } finally {
      await records.close()
    }
  },
)

type Numbered = VerifiedLedger & { number: string }

/** The first bad entry of each case; exit code 1 when there is one. */
export async function verifyAll(ledgers: AsyncIterable<Numbered>, out: Say): Promise<number> {
  let cases = 0
  let entries = 0
  let broken = 0
  for await (const ledger of ledgers) {
    cases += 1
    entries += ledger.rows.length
    const flaw = firstFlaw(ledger)
    if (!flaw) continue
    broken += 1
    out(`${ledger.number}: entry ${flaw.seq} ${SAYS[flaw.why]}`)
  }
  out(
    `${cases} cases, ${entries} entries: ${broken === 0 ? 'all as they were written' : `${broken} cases are broken`}.`,
  )
  return broken === 0 ? 0 : 1
}

async function* ledgersIn(file: string, ring: KeyRing | null): AsyncIterable<Numbered> {
  for await (const exported of casesIn(file)) {
    yield { ...ledgerOf(exported, ring), number: exported.cases[0].number }
  }
}

interface HeadRow {
  headSeq: number
  headHash: string
}
/** The case beside each of its entries; alone where it has none. */
type JoinedRow = HeadRow & (LedgerRow | Record<keyof LedgerRow, null>)

export async function* ledgersOf(sql: Sql, ring: KeyRing): AsyncIterable<Numbered> {
  const cases = sql<{ caseId: string; number: string }[]>`select case_id, number from cases order by number`
  for await (const [one] of cases.cursor(1)) {
    if (!one) continue
    const { caseId, number } = one
    // One question, so that head and entries agree while somebody writes.
    const rows = await sql<[JoinedRow, ...JoinedRow[]]>`
      select c.head_seq, c.head_hash, e.seq, e.compartment, e.sealed, e.commitment, e.hash
      from cases c left join case_events e on e.case_id = c.case_id where c.case_id = ${caseId} order by e.seq`
    yield {
      caseId,
      number,
      head: { seq: rows[0].headSeq, hash: rows[0].headHash },
      rows: rows.filter((row) => row.seq !== null),
      keys: await keysOf(sql, ring, caseId),
    }
  }
}
