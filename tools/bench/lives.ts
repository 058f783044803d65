/** Cases with two years behind them, still open: lived on the pure core, recorded, and handed to the engine. */

import { randomUUID } from 'node:crypto'
import { revivedCaseInput } from '../../activities/case-input.ts'
import type { Tools } from '../../activities/tools.ts'
import { chainHash, commitmentOf, FIRST_HASH } from '../../cases/chain.ts'
import type { Entry } from '../../cases/events.ts'
import { fold } from '../../cases/evolve/index.ts'
import { changesBetween, overviewOf } from '../../cases/overview.ts'
import { groundOf } from '../../simulation/ground.ts'
import { Life } from '../../simulation/life.ts'
import { commitmentKeyOf } from '../../database/case-keys.ts'
import { openCaseRow, recordBatch } from '../../database/ledger.ts'
import { newestSettings } from '../../database/queries/settings.ts'
import { caseWorkflowId, TASK_QUEUE } from '../../workflows/messages.ts'
import { PROCEDURES } from '../../test/mali.ts'

const MONTHS = 24

/** The entries of `count` lives that are not over after two years. */
export async function longLives(count: number): Promise<Entry[][]> {
  const ground = await groundOf(PROCEDURES)
  const now = Date.now()
  const from = new Date(now)
  from.setUTCMonth(from.getUTCMonth() - MONTHS)
  const lives: Entry[][] = []
  for (let seed = 1; lives.length < count; seed += 1) {
    const entries: Entry[] = []
    const life = new Life(ground, { at: from.getTime(), place: 'senou' }, seed, {
      heard: (more) => void entries.push(...more),
      refused: () => {},
    })
    life.lives(now)
    if (life.state.status === 'open') lives.push(entries)
  }
  return lives
}

/** Answers the id under which it runs. */
export async function runOn(tools: Tools, entries: Entry[]): Promise<string> {
  const caseId = randomUUID()
  const number = `l-${caseId.slice(0, 8)}`
  await openCaseRow(tools.sql, tools.ring, { caseId, number, subject: 'case', arrival: null })
  const commitmentKey = await commitmentKeyOf(tools.sql, tools.ring, caseId)
  let hash = FIRST_HASH
  const sealed = entries.map((entry) => {
    const commitment = commitmentOf(commitmentKey, entry)
    hash = chainHash(hash, entry.seq, commitment)
    return { entry, compartment: 'general', commitment, hash }
  })
  const settings = await newestSettings(tools.sql)
  if (!settings) throw new Error('the installation has no settings yet')
  await recordBatch(tools.sql, tools.ring, {
    caseId,
    incarnation: 1,
    expects: { seq: 0, hash: FIRST_HASH },
    entries: sealed,
    overview: { ...changesBetween(null, overviewOf(fold(caseId, entries), { settings })), whole: true },
    outbox: [],
    receipts: [],
  })
  const input = await revivedCaseInput(tools, caseId)
  if (!input) throw new Error('a life that cannot go on')
  await tools.temporal.workflow.start('caseWorkflow', {
    workflowId: caseWorkflowId(caseId),
    taskQueue: TASK_QUEUE,
    args: [input],
  })
  return caseId
}
