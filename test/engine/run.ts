/** One run of a workflow in this process: what it waits for, its handlers, and the effects under way. */

import { AsyncLocalStorage } from 'node:async_hooks'

/** A step of a workflow is some five events of a history in the real engine. */
const EVENTS = 5

interface Waiting {
  holds: () => boolean
  go: (held: boolean) => void
}
export interface Timer {
  at: number
  fire: () => void
}
export interface Handler {
  handle: (...args: never[]) => unknown
  validate?: (...args: never[]) => void
}
/** Performs one effect by its name, `tries` times at most. */
export type Effects = (name: string, args: unknown[], tries: number) => Promise<unknown>

const storage = new AsyncLocalStorage<Run>()

export function currentRun(): Run {
  const run = storage.getStore()
  if (run === undefined) throw new Error('only a workflow may ask this')
  return run
}

/** Thrown by a workflow that goes on in a new run. */
export class ContinuedAsNew extends Error {
  readonly args: unknown[]
  constructor(args: unknown[]) {
    super('continued as new')
    this.args = args
  }
}

export class Run {
  readonly began = Date.now()
  readonly handlers = new Map<string, Handler>()
  readonly timers = new Set<Timer>()
  /** By update id; a rejected one is not kept. */
  readonly updates = new Map<string, Promise<unknown>>()
  historyLength = EVENTS
  handling = 0
  ended = false
  private readonly effects: Effects
  private readonly waiting = new Set<Waiting>()
  private busy = 0
  private looking = false
  private resting: (() => void)[] = []

  constructor(effects: Effects) {
    this.effects = effects
  }

  within<T>(act: () => T): T {
    return storage.run(this, act)
  }

  /** True once it holds; false when its time is over first. */
  until(holds: () => boolean, within?: number): Promise<boolean> {
    return new Promise((resolve) => {
      const go = (held: boolean): void => {
        this.waiting.delete(one)
        if (timer) this.timers.delete(timer)
        resolve(held)
      }
      const one = { holds, go }
      const timer = within === undefined ? null : { at: Date.now() + within, fire: () => go(false) }
      if (holds()) return resolve(true)
      this.waiting.add(one)
      if (timer) this.timers.add(timer)
    })
  }

  /** Short waits between two tries take no time. */
  async nap(): Promise<void> {
    this.busy += 1
    await new Promise((resolve) => setImmediate(resolve))
    this.busy -= 1
    this.step()
  }

  async effect(name: string, args: unknown[], tries: number): Promise<unknown> {
    this.busy += 1
    try {
      return await storage.exit(() => this.effects(name, args, tries))
    } finally {
      this.busy -= 1
      this.step()
    }
  }

  /** Something has happened: every condition is asked again, once what follows from it has run. */
  step(): void {
    this.historyLength += EVENTS
    this.look()
  }

  end(): void {
    this.ended = true
    this.waiting.clear()
    this.timers.clear()
    this.look()
  }

  get atRest(): boolean {
    return this.busy === 0 && !this.looking
  }
  /** When nothing is under way and every wait is one for time or for somebody. */
  async rest(): Promise<void> {
    while (!this.atRest) await new Promise<void>((resolve) => this.resting.push(resolve))
  }

  private look(): void {
    if (this.looking) return
    this.looking = true
    setImmediate(() => {
      this.looking = false
      const held = this.within(() => [...this.waiting].filter(({ holds }) => holds()))
      for (const { go } of held) go(true)
      if (held.length > 0) this.look()
      else if (this.busy === 0) for (const resolve of this.resting.splice(0)) resolve()
    })
  }
}
