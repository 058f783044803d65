/** The processes of an installation: each recorded, restarted when it dies, and stopped in order. */

import { type ChildProcess, spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { DataFolder, Remembered } from './data-folder.ts'
import { end, type Identity, identify } from './identity.ts'

export interface ChildPlan {
  name: string
  command: string
  args: string[]
  env: Record<string, string>
  cwd?: string
  uid?: number
  gid?: number
  /** Resolves when the child can be used; asked again and again until `patienceMs`. */
  ready: () => Promise<boolean>
  patienceMs: number
  stopSignal?: NodeJS.Signals
  /** Works on what others keep, so it ends before them. */
  works?: boolean
}
const FIRST_PAUSE = 500
const LONGEST_PAUSE = 10_000
const WORKING_MS = 15_000
const STANDING_MS = 4_500

export class ChildNeverReady extends Error {
  readonly code = 'child_never_ready'
}

export class Children {
  private readonly folder: DataFolder
  private readonly state: Remembered
  private readonly say: (line: string) => void
  private readonly started: { plan: ChildPlan; child: ChildProcess; identity: Identity | null }[] = []
  private stopping = false

  constructor(folder: DataFolder, state: Remembered, say: (line: string) => void) {
    this.folder = folder
    this.state = state
    this.say = say
  }

  /** Resolves when it can be used; does nothing once stopping has begun. */
  async start(plan: ChildPlan): Promise<void> {
    if (this.stopping) return
    const slot = { plan, child: this.spawn(plan), identity: null as Identity | null }
    this.started.push(slot)
    await this.record(slot)
    this.keepAlive(slot, FIRST_PAUSE)
    await this.untilReady(plan)
  }

  /** Those that work first, then what they stood on; all are gone within twenty seconds. */
  async stop(): Promise<void> {
    this.stopping = true
    const all = this.started.toReversed()
    await endAll(
      all.filter(({ plan }) => plan.works === true),
      WORKING_MS,
    )
    await endAll(
      all.filter(({ plan }) => plan.works !== true),
      STANDING_MS,
    )
    this.state.children = {}
    await this.folder.save(this.state)
  }

  private spawn({ name, command, args, env, cwd, uid, gid }: ChildPlan): ChildProcess {
    const log = openSync(this.folder.in('log', `${name}.log`), 'a', 0o600)
    return spawn(command, args, {
      stdio: ['ignore', log, log],
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
      // A group of its own: Ctrl-C reaches the supervisor, who stops the children in order.
      detached: true,
      ...(cwd === undefined ? {} : { cwd }),
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
    })
  }

  private async record(slot: { plan: ChildPlan; child: ChildProcess; identity: Identity | null }): Promise<void> {
    slot.identity = slot.child.pid === undefined ? null : await identify(slot.child.pid)
    if (!slot.identity) return
    this.state.children[slot.plan.name] = slot.identity
    await this.folder.save(this.state)
  }

  private keepAlive(slot: { plan: ChildPlan; child: ChildProcess; identity: Identity | null }, wait: number): void {
    const began = Date.now()
    slot.child.once('exit', () => {
      if (this.stopping) return
      const next = Date.now() - began > 60_000 ? FIRST_PAUSE : Math.min(wait * 2, LONGEST_PAUSE)
      this.say(`${slot.plan.name} ended by itself; starting it again (log/${slot.plan.name}.log)`)
      void this.again(slot, wait, next)
    })
  }
  private async again(
    slot: { plan: ChildPlan; child: ChildProcess; identity: Identity | null },
    wait: number,
    next: number,
  ): Promise<void> {
    await pause(wait)
    if (this.stopping) return
    slot.child = this.spawn(slot.plan)
    this.keepAlive(slot, next)
    await this.record(slot)
  }

  private async untilReady({ name, ready, patienceMs }: ChildPlan): Promise<void> {
    const until = Date.now() + patienceMs
    while (Date.now() < until) {
      if (this.stopping || (await ready().catch(() => false))) return
      await pause(50)
    }
    throw new ChildNeverReady(
      `${name} did not answer within ${patienceMs / 1000} s: see ${this.folder.in('log', `${name}.log`)}`,
    )
  }
}

async function endAll(slots: { plan: ChildPlan; identity: Identity | null }[], patienceMs: number): Promise<void> {
  await Promise.all(
    slots.flatMap(({ identity, plan }) => (identity ? [end(identity, patienceMs, plan.stopSignal ?? 'SIGTERM')] : [])),
  )
}

/** Children of a supervisor that was killed: exactly those that it recorded. */
export async function endLeftovers(state: Remembered, say: (line: string) => void): Promise<void> {
  for (const [name, identity] of Object.entries(state.children).toReversed()) {
    await end(identity, 10_000, name === 'postgres' ? 'SIGINT' : 'SIGTERM')
    say(`stopped ${name}, left over from a start that was killed`)
  }
  state.children = {}
}
