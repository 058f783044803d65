import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A process is known by its number and the moment it began: numbers are used again. */
export interface Identity {
  pid: number
  began: string
}

export async function identify(pid: number): Promise<Identity | null> {
  try {
    const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)])
    const began = stdout.trim()
    return began === '' ? null : { pid, began }
  } catch {
    return null
  }
}

export async function isAlive(identity: Identity | undefined): Promise<boolean> {
  if (!identity) return false
  return (await identify(identity.pid))?.began === identity.began
}

/** Asks, then insists after `patienceMs`; only ever the very process that was recorded. */
export async function end(identity: Identity, patienceMs: number, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (!(await isAlive(identity))) return
  process.kill(identity.pid, signal)
  const until = Date.now() + patienceMs
  while (Date.now() < until) {
    if (!(await isAlive(identity))) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  if (await isAlive(identity)) process.kill(identity.pid, 'SIGKILL')
}
