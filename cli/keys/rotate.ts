/** The steps from one key to the next: add, activate, settle. Each can be done again when it was cut short. */

import { setTimeout as pause } from 'node:timers/promises'
import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import { openCaseIds } from '../../database/queries/cases-open.ts'
import { leaveCanary } from '../../database/queries/canary.ts'
import { rootOf } from '../../database/keys.ts'
import { rewrapCaseKeys, wrappedUnder } from '../../database/rewrap.ts'
import { caseWorkflowId, settleSignal } from '../../workflows/messages.ts'
import { atOnce } from '../at-once.ts'
import { ConfigurationWrong, readRing } from '../configuration.ts'
import type { Standing } from '../process.ts'
import {
  newestKey,
  newKeyText,
  nextKey,
  readRingFile,
  type RingFile,
  type RingName,
  writeRingFile,
} from './ring-file.ts'

export interface Rotating extends Standing {
  folder: string
  rings: RingName[]
}
type Say = (line: string) => void
const RESTART = 'Bring the folder of keys to every machine and restart every api and worker'
const AT_ONCE = 10
const PATIENCE_MS = 60_000

/** The first rotation also writes down what derived secrets follow from: they outlive the key that they came from. */
export async function addKeys(folder: string, rings: RingName[], out: Say): Promise<number> {
  for (const name of rings) {
    const ring = await readRingFile(folder, name)
    if (newestKey(ring) !== ring.current) {
      out(`${name}: ${newestKey(ring)} waits already; it is next`)
      continue
    }
    const id = nextKey(name, ring)
    const root = Buffer.from(rootOf(await readRing(folder, name))).toString('base64')
    await writeRingFile(folder, name, { ...ring, root, keys: { ...ring.keys, [id]: newKeyText() } })
    out(`${name}: ${id} added; ${ring.current} still seals`)
  }
  out(`${RESTART}, then: segin keys rotate activate`)
  return 0
}

export async function activateKeys({ folder, rings, sql }: Rotating, out: Say): Promise<number> {
  const files = await Promise.all(rings.map(async (name) => [name, await readRingFile(folder, name)] as const))
  for (const [name, ring] of files)
    if (newestKey(ring) === ring.current)
      throw new ConfigurationWrong(`${name}: no key waits. \`segin keys rotate add\` comes first`)
  for (const [name, ring] of files) {
    const next: RingFile = { ...ring, current: newestKey(ring) }
    // First the canary: from now on no process starts that does not have the new key.
    if (name === 'codec') await leaveCanary(sql, { ...(await readRing(folder, name)), current: next.current })
    await writeRingFile(folder, name, next)
    out(`${name}: ${next.current} seals from now on; ${ring.current} still opens`)
  }
  out(`${RESTART}, then: segin keys rotate settle`)
  return 0
}

/** Answers 1 while cases are left that carry something of the old key. */
export async function settleKeys({ rings, sql, ring, temporal, installation }: Rotating, out: Say): Promise<number> {
  if (rings.includes('master')) {
    const { sealed, left } = await rewrapCaseKeys(sql, ring)
    out(`master: ${sealed} keys of cases sealed anew with ${ring.current}; ${left} are left`)
    if (left > 0) return 1
  }
  if (!rings.includes('codec')) return 0
  const began = Date.now()
  const open = await openCaseIds(sql)
  await atOnce(open, AT_ONCE, (caseId) => beginAnew(temporal, caseId, installation.engine))
  const left = await untilAnew(temporal, open, began)
  out(`codec: ${open.length - left} of ${open.length} open cases have begun anew`)
  if (left > 0) out(`${left} have not yet: run this again, while a worker runs`)
  else out('Once the engine has forgotten what was before (its retention): segin keys rotate retire')
  return left === 0 ? 0 : 1
}

async function beginAnew(temporal: Client, caseId: string, engine: number): Promise<void> {
  try {
    await temporal.workflow.getHandle(caseWorkflowId(caseId)).signal(settleSignal, { engine })
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error
  }
}

/** How many have not, after a while; a case without a workflow is found by the invariants. */
async function untilAnew(temporal: Client, caseIds: string[], since: number): Promise<number> {
  let left = caseIds
  for (const end = Date.now() + PATIENCE_MS; left.length > 0 && Date.now() < end; await pause(200)) {
    const begun = await atOnce(left, AT_ONCE, async (caseId) => {
      const about = await temporal.workflow
        .getHandle(caseWorkflowId(caseId))
        .describe()
        .catch(() => null)
      return about === null || about.status.name !== 'RUNNING' || about.startTime.getTime() >= since
    })
    left = left.filter((_one, index) => begun[index] === false)
  }
  return left.length
}

export async function tellKeys({ folder, rings, sql }: Rotating, out: Say): Promise<number> {
  for (const name of rings) {
    const ring = await readRingFile(folder, name)
    const counts = name === 'master' ? await wrappedUnder(sql) : null
    for (const id of Object.keys(ring.keys)) {
      const does = id === ring.current ? 'seals and opens' : id === newestKey(ring) ? 'waits to be activated' : 'opens'
      out(`${id.padEnd(12)}${does}${counts === null ? '' : `; keys of cases sealed with it: ${counts.get(id) ?? 0}`}`)
    }
  }
  return 0
}
