/** The last step of a rotation: an old key leaves its ring, and only when nothing at hand needs it any more. */

import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import { wrappedUnder } from '../../database/rewrap.ts'
import { ConfigurationWrong } from '../configuration.ts'
import { numberOf, readRingFile, type RingFile, writeRingFile } from './ring-file.ts'
import type { Rotating } from './rotate.ts'

type Say = (line: string) => void

/** Nothing leaves any ring unless everything can. */
export async function retireKeys({ folder, rings, sql, temporal }: Rotating, out: Say): Promise<number> {
  const files = await Promise.all(rings.map(async (name) => [name, await readRingFile(folder, name)] as const))
  for (const [name, ring] of files) {
    const old = oldKeys(ring)
    const needed = name === 'master' ? await wrappedUnder(sql) : await sealedInEngine(temporal)
    const what = name === 'master' ? 'keys of cases' : 'histories of the engine'
    for (const id of old) {
      const count = needed.get(id) ?? 0
      if (count > 0)
        throw new ConfigurationWrong(
          `${id} is still needed by ${count} ${what}: \`segin keys rotate settle\` first${name === 'codec' ? ', then the end of its retention' : ''}`,
        )
    }
  }
  for (const [name, ring] of files) {
    const old = oldKeys(ring)
    if (old.length === 0) continue
    const keys = Object.fromEntries(Object.entries(ring.keys).filter(([id]) => !old.includes(id)))
    await writeRingFile(folder, name, { ...ring, keys })
    out(`${name}: ${old.join(', ')} retired; ${ring.current} alone is left`)
  }
  out('Bring the folder of keys to every machine and restart every api and worker.')
  out('Backups of before need the old keys: keep their copy apart for 35 days, then destroy it.')
  return 0
}

/** A key that waits to be activated is not old. */
const oldKeys = ({ keys, current }: RingFile): string[] =>
  Object.keys(keys).filter((id) => numberOf(id) < numberOf(current))

/** How many histories that the engine still keeps hold something that a key sealed, by key. */
async function sealedInEngine(temporal: Client): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for await (const { workflowId, runId } of temporal.workflow.list()) {
    const history = await historyOf(temporal, workflowId, runId)
    for (const id of new Set(keyIdsIn(history))) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return counts
}

/** Null when it was forgotten since it was listed. */
async function historyOf(temporal: Client, workflowId: string, runId: string): Promise<object | null> {
  try {
    return await temporal.workflow.getHandle(workflowId, runId).fetchHistory()
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null
    throw error
  }
}

function keyIdsIn(part: unknown): string[] {
  if (typeof part !== 'object' || part === null || part instanceof Uint8Array) return []
  return Object.entries(part).flatMap(([name, value]) =>
    name === 'key-id' && value instanceof Uint8Array ? [Buffer.from(value).toString('utf8')] : keyIdsIn(value),
  )
}
