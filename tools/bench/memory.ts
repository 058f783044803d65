/** `npm run bench -- memory [CASES]`: what a worker's process grows by for each case of two years that it keeps in its cache. */

import { execFile } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { casesKept } from '../../worker/host.ts'
import { actUpdate, caseStateQuery, caseWorkflowId } from '../../workflows/messages.ts'
import { startInstallation } from '../../test/installation.ts'
import { startPostgres } from '../../test/postgres.ts'
import { action } from '../../test/workflows/acting.ts'
import { workerProcess } from '../../test/workflows/worker-process.ts'
import { longLives, runOn } from './lives.ts'
import { inTurns } from './load.ts'

const AT_ONCE = 8
/** Each leaves eleven events of history: a run rests at 250. */
const NOTES = 12
const PARTS = 4
const SETTLES_MS = 5_000
const run = promisify(execFile)

export async function memory(count: number, say: (line: string) => void): Promise<void> {
  const server = await startPostgres()
  const here = await startInstallation(server.url)
  const worker = await workerProcess(here)
  const tools = { sql: here.db.sql, ring: here.db.ring, temporal: here.temporal }
  try {
    await worker.start()
    const lives = await longLives(count + PARTS)
    const lengths = lives.map((entries) => entries.length).toSorted((a, b) => a - b)
    say(`${count} cases after two years, ${lengths[count >> 1]} entries each (median; most ${lengths.at(-1)})`)
    const lived = async (): Promise<void> => {
      const caseId = await runOn(tools, lives.pop() ?? [])
      const handle = here.temporal.workflow.getHandle(caseWorkflowId(caseId))
      const { state } = await handle.query(caseStateQuery)
      const place = String(state.facts['home'] ?? state.facts['centre'])
      for (let n = 0; n < NOTES; n += 1) {
        const note = action({ act: 'add_note', step: null, text: 'digest' }, [{ role: 'case_manager', place }])
        await handle.executeUpdate(actUpdate, { args: [note], updateId: note.id })
      }
    }
    const part = Math.ceil(count / PARTS)
    const seen: number[] = []
    for (let parts = 1; parts <= PARTS; parts += 1) {
      await inTurns(part, AT_ONCE, lived)
      seen.push(await residentOf(worker.pid()))
      say(`${part * parts} cases kept: ${(seen.at(-1)! / 1e6).toFixed(0)} MB resident`)
    }
    // What the process needs at all has grown with the first part.
    const each = (seen.at(-1)! - seen[0]!) / (part * (PARTS - 1))
    say(
      `each case after the first ${part}: ${(each / 1e3).toFixed(0)} kB (bar ≤ 600 kB); a worker here keeps ${casesKept()}`,
    )
  } finally {
    await worker.end()
    await here.end()
    await server.end()
  }
}

/** Bytes, once what the process can give back has had time to go. */
async function residentOf(pid: number): Promise<number> {
  await pause(SETTLES_MS)
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)])
  return Number(stdout.trim()) * 1024
}
