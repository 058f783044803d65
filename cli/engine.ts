/** `segin engine`: which behaviour new cases get, which the workers know, and how the first is raised to the second. */

import type { Client } from '@temporalio/client'
import { pollers } from '../api/health/state.ts'
import { raiseEngine } from '../database/queries/installation.ts'
import { engineOf } from '../worker/identity.ts'
import { command, DATA_DIR } from './command.ts'
import { stand } from './process.ts'
import { surroundings } from './surroundings.ts'

export class NoWorker extends Error {
  readonly code = 'no_worker'
}

export const engine = command(
  {
    name: 'engine',
    says: 'Says the engine of new cases, and the newest engine that each worker knows.',
    options: {
      raise: {
        type: 'boolean',
        says: 'give new cases the newest engine that all workers know; `segin settle` then brings it to open cases',
      },
      ...DATA_DIR,
    },
  },
  async ({ values }, out) => {
    const { installation, sql, temporal, close } = await stand('engine', await surroundings(values['data-dir']))
    try {
      const workers = await workersOf(temporal)
      out(`new cases get engine ${installation.engine}`)
      for (const { identity, knows } of workers) out(`  worker ${identity} knows engine ${knows}`)
      if (values.raise !== true) return 0
      if (workers.length === 0)
        throw new NoWorker('No worker is running: start them first, so that they can say what they know')
      const known = Math.min(...workers.map((one) => one.knows))
      if (await raiseEngine(sql, known))
        out(`new cases get engine ${known} now; \`segin settle\` brings it to open cases`)
      else out(`nothing to raise: all workers know engine ${known}`)
      return 0
    } finally {
      await close()
    }
  },
)

/** Those that have asked for work lately. */
export async function workersOf(temporal: Client, now = Date.now()): Promise<{ identity: string; knows: number }[]> {
  return (await pollers(temporal, now)).map((identity) => ({ identity, knows: engineOf(identity) }))
}
