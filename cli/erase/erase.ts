/** What an erasure does outside the database too: the engine forgets the case, and the log outside says so. */

import type { Client } from '@temporalio/client'
import { casesOfPerson, type ErasableCase, eraseCase } from '../../database/erase.ts'
import { caseWorkflowId } from '../../workflows/messages.ts'
import { ConfigurationWrong } from '../configuration.ts'
import type { Standing } from '../process.ts'
import { noteErasures, notedErasures } from './log.ts'

export type Erasing = Pick<Standing, 'sql' | 'temporal' | 'settings'>
type Say = (line: string) => void
/** As long as a copy of a retired key is kept, so as long as an old backup can be opened. */
const BLIND_AFTER_DAYS = 35

/** Answers what would be erased, or erases it and says what became of it. */
export async function erasePerson(
  erasing: Erasing,
  number: string,
  run: boolean,
  log: string,
  out: Say,
): Promise<number> {
  const cases = await casesOfPerson(erasing.sql, number)
  if (cases.length === 0) throw new ConfigurationWrong(`There is no case ${number}`)
  const open = cases.filter(({ status }) => status !== 'closed')
  if (open.length > 0)
    throw new ConfigurationWrong(`${numbers(open)} is open and somebody's work: it has to be closed first`)
  const left = cases.filter(({ erased }) => erased === null)
  if (left.length === 0) {
    out(`${numbers(cases)} was erased before.`)
    return 0
  }
  if (!run) {
    out(
      `${numbers(left)}: name, answers, notes, documents, and every entry of the ledger would be unreadable for ever.`,
    )
    out('Nothing was changed. `--run` does it; there is no way back.')
    return 0
  }
  const at = new Date()
  await noteErasures(
    log,
    left.map((one) => ({ number: one.number, erased: at.toISOString() })),
  )
  for (const one of left) await eraseOne(erasing, one, at, out)
  const blind = new Date(at.getTime() + BLIND_AFTER_DAYS * 86_400_000).toISOString().slice(0, 10)
  out(
    `Noted in ${log}. Backups of before can be opened with the keys of before: the last of them goes blind on ${blind},`,
  )
  out('when backups and copies of retired keys are kept no longer than that.')
  return 0
}

/** After an older copy of the database was restored: what had been erased since is erased once more. */
export async function eraseAgain(erasing: Erasing, log: string, out: Say): Promise<number> {
  let again = 0
  for (const { number, erased } of await notedErasures(log)) {
    for (const one of await casesOfPerson(erasing.sql, number)) {
      if (one.number !== number || one.erased !== null) continue
      await eraseOne(erasing, one, new Date(erased), out)
      again += 1
    }
  }
  out(`${again} cases erased again.`)
  return 0
}

async function eraseOne({ sql, temporal, settings }: Erasing, one: ErasableCase, at: Date, out: Say): Promise<void> {
  const { keys, rows } = await eraseCase(sql, one.caseId, at)
  const histories = await forget(temporal, settings.TEMPORAL_NAMESPACE, one.caseId)
  out(`${one.number}: erased. ${keys} keys destroyed, ${rows} rows and ${histories} histories of the engine removed.`)
}

/** A history holds the state of the case, sealed: the engine keeps it until its retention ends, unless it is told. */
async function forget(temporal: Client, namespace: string, caseId: string): Promise<number> {
  let histories = 0
  for await (const { workflowId, runId } of temporal.workflow.list({
    query: `WorkflowId = '${caseWorkflowId(caseId)}'`,
  })) {
    await temporal.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId, runId } })
    histories += 1
  }
  return histories
}

const numbers = (cases: ErasableCase[]): string => cases.map(({ number }) => number).join(', ')
