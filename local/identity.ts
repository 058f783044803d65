import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A process is known by its number and the moment it began: numbers are used again. */
export interface Identity {
  pid: number
  began: string
}

/** null when there is no such process, or only its remains that nobody has collected. */
export async function identify(pid: number): Promise<Identity | null> {
  const began = process.platform === 'linux' ? await fromKernel(pid) : await fromPs(pid)
  return began === null ? null : { pid, began }
}

/** Ticks since a boot that has a name of its own: a bare machine has no `ps`. */
async function fromKernel(pid: number): Promise<string | null> {
  try {
    const [boot, stat] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readFile(`/proc/${pid}/stat`, 'utf8'),
    ])
    // The program's name comes second, in brackets, and may itself hold brackets and spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? null : `${boot.trim()} ${fields[19]}`
  } catch {
    return null
  }
}

async function fromPs(pid: number): Promise<string | null> {
  try {
    const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)])
    return stdout.trim() === '' ? null : stdout.trim()
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
    await pause(50)
  }
  if (await isAlive(identity)) process.kill(identity.pid, 'SIGKILL')
}
