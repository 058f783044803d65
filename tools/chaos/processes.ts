/** The processes of a whole installation, each to be killed at any instant and started again by hand. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { ChildPlan } from '../../local/children.ts'
import { identify } from '../../local/identity.ts'

export type Name = 'database' | 'engine' | 'worker' | 'api'

export class Processes {
  private readonly plans: Record<Name, () => ChildPlan>
  private readonly log: (name: string) => string
  private readonly running = new Map<Name, ChildProcess>()
  kills = 0
  /** Those that were ready and ended without being killed. */
  readonly fell: Name[] = []

  /** A plan is made anew for each start: what shows that an earlier process was ready says nothing of the next. */
  constructor(plans: Record<Name, () => ChildPlan>, log: (name: string) => string) {
    this.plans = plans
    this.log = log
  }

  async start(...names: Name[]): Promise<void> {
    await Promise.all(names.map((name) => this.startOne(name)))
  }

  /** kill -9, its own children too: a power cut spares none of them. */
  async kill(...names: Name[]): Promise<void> {
    await Promise.all(names.map((name) => this.killOne(name)))
  }

  /** Held still, so that others can run ahead of it. */
  freeze(name: Name): void {
    this.running.get(name)?.kill('SIGSTOP')
  }
  thaw(name: Name): void {
    this.running.get(name)?.kill('SIGCONT')
  }

  /** Bytes of memory that a process and its own children hold; what they share counts once. */
  async memory(name: Name): Promise<number> {
    const { pid } = this.running.get(name) ?? {}
    if (pid === undefined) return 0
    const each = await Promise.all([pid, ...(await childrenOf(pid))].map(proportional))
    return each.reduce((sum, one) => sum + one, 0)
  }

  /** What ends while it starts is started again, as whoever watches over it does: a killed database may still be dying. */
  private async startOne(name: Name): Promise<void> {
    const end = Date.now() + 2 * this.plans[name]().patienceMs
    while ((await this.tryOne(name, end)) === 'ended') {
      if (Date.now() > end) throw new Error(`${name} ends again and again: ${this.log(name)}`)
      await pause(500)
    }
  }

  private async tryOne(name: Name, end: number): Promise<'ready' | 'killed' | 'ended'> {
    const { command, args, env, cwd, uid, gid, ready } = this.plans[name]()
    const log = openSync(this.log(name), 'a', 0o600)
    const child = spawn(command, args, {
      stdio: ['ignore', log, log],
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
      ...(cwd === undefined ? {} : { cwd }),
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
    })
    this.running.set(name, child)
    for (; Date.now() < end; await pause(50)) {
      if (await ready().catch(() => false)) {
        child.once('exit', (code) => void (code === null || this.fell.push(name)))
        return 'ready'
      }
      if (child.exitCode !== null) return 'ended'
      if (child.signalCode !== null) return 'killed'
    }
    throw new Error(`${name} never answered: ${this.log(name)}`)
  }

  private async killOne(name: Name): Promise<void> {
    const child = this.running.get(name)
    if (!child || child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    // Held still first: it must not beget another while its children are being counted.
    child.kill('SIGSTOP')
    const below = await childrenOf(child.pid)
    child.kill('SIGKILL')
    for (const pid of below) killed(pid)
    this.kills += 1
    await gone
    for (const pid of below) while ((await identify(pid)) !== null) await pause(5)
  }
}

function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It had ended by itself.
  }
}

async function proportional(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
  return Number(/^Pss: +(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024
}

async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const parents = await Promise.all(pids.map(async (pid) => ((await parentOf(pid)) === parent ? [pid] : [])))
  return parents.flat()
}

async function parentOf(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return text === null ? null : Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1])
}
