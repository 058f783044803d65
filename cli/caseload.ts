/** `segin export` and `segin import`: a caseload as a file, sealed; it can be read only with the keys of where it comes from. */

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import type { Sql } from '../database/connect.ts'
import { exportCase, importCase, ledgerOf } from '../database/export.ts'
import { readInstallation } from '../database/queries/installation.ts'
import { proceduresByHash } from '../database/queries/procedures.ts'
import { firstFlaw } from '../database/verify.ts'
import { command, DATA_DIR, type Say } from './command.ts'
import { ConfigurationWrong } from './configuration.ts'
import { casesIn, type Head, headIn, headOf, type Procedures } from './export-file.ts'
import { openRecords, type Records } from './process.ts'
import { surroundings } from './surroundings.ts'

const KEPT = 'What is personal stays sealed: keep the keys of the installation with neither file.'

const withFile = (name: string, says: string, work: (records: Records, file: string, out: Say) => Promise<number>) =>
  command(
    { name, forms: ['FILE'], words: [1, 1], says: `${says}\n${KEPT}`, options: DATA_DIR },
    async ({ values, words: [file = ''] }, out) => {
      const records = await openRecords(name, await surroundings(values['data-dir']))
      try {
        return await work(records, file, out)
      } finally {
        await records.close()
      }
    },
  )

export const exportCases = withFile('export', 'Writes every case, one line each, into a new file.', writeExport)
export const importCases = withFile(
  'import',
  'Adds the cases of such a file; then `segin revive` begins them.',
  readExport,
)

export async function writeExport({ sql }: Records, path: string, out: Say): Promise<number> {
  const procedures = await sql<Procedures>`select distinct p.id, p.version, p.hash
    from runs r join procedures p on p.hash = r.hash order by p.id, p.version`
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 })
  const installation = await readInstallation(sql)
  file.write(`${headOf({ kind: installation?.kind ?? 'service', procedures: [...procedures] })}\n`)
  let cases = 0
  const recorded = sql<{ caseId: string }[]>`select case_id from cases where head_seq > 0 order by opened, case_id`
  for await (const [row] of recorded.cursor(1)) {
    if (!row) continue
    const line = JSON.stringify(await exportCase(sql, row.caseId))
    if (!file.write(`${line}\n`)) await once(file, 'drain')
    cases += 1
  }
  file.end()
  await once(file, 'finish')
  out(`${cases} cases in ${path}`)
  return 0
}

/** Can be run again: cases that are here already are left as they are. */
export async function readExport({ sql, ring }: Records, path: string, out: Say): Promise<number> {
  const head = await headIn(path)
  await refuseOtherKind(sql, head)
  await refuseUnpublished({ sql }, head.procedures)
  const counts = { added: 0, known: 0, broken: 0 }
  for await (const exported of casesIn(path)) {
    if (firstFlaw(ledgerOf(exported, ring))) counts.broken += 1
    else if (await importCase(sql, ring, exported)) counts.added += 1
    else counts.known += 1
  }
  out(
    `${counts.added} cases added, ${counts.known} were here already, ${counts.broken} refused: see \`segin verify ${path}\``,
  )
  if (counts.added > 0) out('`segin revive` begins their workflows.')
  return counts.broken === 0 ? 0 : 1
}

/** Nobody practises on people, and nobody who is made up is helped. */
async function refuseOtherKind(sql: Sql, { kind }: Head): Promise<void> {
  const here = await readInstallation(sql)
  if (here && here.kind !== kind)
    throw new ConfigurationWrong(`These cases are of a ${kind} installation, and this is a ${here.kind} one`)
}

async function refuseUnpublished({ sql }: Pick<Records, 'sql'>, needed: Procedures): Promise<void> {
  const found = await proceduresByHash(
    sql,
    needed.map((one) => one.hash),
  )
  const missing = needed.filter((one) => !found.some(({ hash }) => hash === one.hash))
  if (missing.length === 0) return
  const named = missing.map(({ id, version }) => `${id} version ${version}`).join(', ')
  throw new ConfigurationWrong(`Not published here as these cases know them: ${named}`)
}
