/** `segin settle`: asks every open case that behaves as an older engine to begin a new run, and so to take the newer. */

import { setTimeout as pause } from 'node:timers/promises'
import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import type { Sql } from '../database/connect.ts'
import { casesOnOlder, countOnOlder } from '../database/queries/engines.ts'
import { caseWorkflowId, settleSignal } from '../workflows/messages.ts'
import { command, DATA_DIR } from './command.ts'
import { stand } from './process.ts'
import { surroundings } from './surroundings.ts'

const PATIENCE_MS = 20_000

export const settle = command(
  {
    name: 'settle',
    says: `Brings the engine of new cases (\`segin engine\`) to open ones: each takes it once it is at rest.
It can be stopped and started again at any time.`,
    options: {
      'per-second': { type: 'string', value: 'N', default: '10', says: 'how many cases are asked in a second (10)' },
      ...DATA_DIR,
    },
  },
  async ({ values }, out) => {
    const perSecond = Math.max(1, Number(values['per-second']) || 10)
    const { installation, sql, temporal, close } = await stand('settle', await surroundings(values['data-dir']))
    try {
      const left = await settleCases({ sql, temporal, engine: installation.engine, perSecond, out })
      return left === 0 ? 0 : 1
    } finally {
      await close()
    }
  },
)

export interface Settling {
  sql: Sql
  temporal: Client
  engine: number
  perSecond: number
  out: (line: string) => void
}
/** Once through all cases that are behind, in the order of their ids. Answers how many are behind afterwards. */
export async function settleCases({ sql, temporal, engine, perSecond, out }: Settling): Promise<number> {
  const total = await countOnOlder(sql, engine)
  out(`${total} open cases behave as an engine older than ${engine}`)
  let after: string | null = null
  for (;;) {
    const batch = await casesOnOlder(sql, engine, after, perSecond)
    after = batch.at(-1) ?? null
    if (after === null) break
    await Promise.all([pause(1_000), ...batch.map((caseId) => ask(temporal, caseId, engine))])
    out(`asked up to ${after.slice(0, 8)}; ${await countOnOlder(sql, engine)} left`)
  }
  const until = Date.now() + PATIENCE_MS
  let left = await countOnOlder(sql, engine)
  for (; left > 0 && Date.now() < until; left = await countOnOlder(sql, engine)) await pause(200)
  out(left === 0 ? `all ${total} have settled` : `${left} have not settled yet: run this again`)
  return left
}

/** A case without a workflow is found by the invariants. */
async function ask(temporal: Client, caseId: string, engine: number): Promise<void> {
  try {
    await temporal.workflow.getHandle(caseWorkflowId(caseId)).signal(settleSignal, { engine })
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error
  }
}
