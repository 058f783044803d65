/**
 * The small part of the engine's workflow library that `workflows/` uses, so that the workflow runs unmodified, many at
 * once, under a scheduler that decides everything: jobs go in, commands come out, and an instance can be thrown away at
 * any moment and made again from its history. Stands in for `@temporalio/workflow` by `vi.mock`.
 */

import { ApplicationFailure, TemporalFailure } from '@temporalio/common'

export { ApplicationFailure }
export type Job =
  | { kind: 'update'; id: string; args: unknown[]; judged: boolean }
  | { kind: 'signal'; name: string; args: unknown[] }
  | { kind: 'timer'; seq: number }
  | { kind: 'resolved'; seq: number; value: unknown }
  | { kind: 'failed'; seq: number }
export type Command =
  | { kind: 'timer'; seq: number; ms: number }
  | { kind: 'cancel'; seq: number }
  | { kind: 'activity'; seq: number; name: string; local: boolean; input: unknown }
  | { kind: 'accepted'; update: string }
  | { kind: 'answered'; update: string; answer: Answer }
  | { kind: 'rejected'; update: string; answer: Answer }
  | { kind: 'continued'; input: unknown }
  | { kind: 'completed' }
export type Answer = { kind: 'value'; value: unknown } | { kind: 'failure'; type: string; details: unknown }

type Handler = (...args: unknown[]) => unknown
type Workflow = (input: unknown) => Promise<void>
class Continued extends Error {
  readonly input: unknown
  constructor(input: unknown) {
    super('continued')
    this.input = input
  }
}

let current: Instance | null = null
let acts = false
/** Whether what runs now is somebody's act, up to its first wait. */
export const acting = (): boolean => acts
const here = (): Instance => {
  if (!current) throw new Error('no workflow is running')
  return current
}
/** What comes from outside is nobody's to change: a workflow that tries fails its task. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const member of Object.values(value)) frozen(member)
  return Object.freeze(value)
}
const realNow = Date.now
function stand(instance: Instance | null): void {
  current = instance
  Date.now = instance ? () => instance.now : realNow
}
/** All that was promised has been done once a new turn of the event loop begins. */
const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export class Instance {
  now = 0
  historyLength = 0
  readonly started: number
  /** What no retry can mend: anything but a failure that the workflow meant. */
  broken: unknown = null
  unfinished = 0
  private commands: Command[] = []
  private seq = 0
  private readonly handlers = new Map<string, { run: Handler; validator: Handler | undefined }>()
  private readonly waiting = new Map<number, { holds: () => boolean; done: () => void }>()
  private readonly timers = new Map<number, () => void>()
  private readonly activities = new Map<number, { done: (value: unknown) => void; fail: (error: Error) => void }>()
  private early: Extract<Job, { kind: 'update' | 'signal' }>[] = []
  private workflow: { run: Workflow; input: unknown } | null

  constructor(run: Workflow, input: unknown, now: number) {
    this.workflow = { run, input }
    this.started = now
  }

  /** One activation: messages first, as the engine orders them, then timers and answers. Gives the commands as JSON. */
  async activate(jobs: Job[], now: number, historyLength: number): Promise<string> {
    this.now = now
    this.historyLength = historyLength
    this.commands = []
    stand(this)
    try {
      if (this.workflow) this.begin(this.workflow)
      this.workflow = null
      const message = (job: Job): boolean => job.kind === 'update' || job.kind === 'signal'
      for (const job of [...jobs.filter(message), ...jobs.filter((one) => !message(one))]) this.take(frozen(job))
      do await quiet()
      while (this.unblock())
    } finally {
      stand(null)
    }
    if (this.broken !== null) throw this.broken
    return JSON.stringify(withoutPairs(this.commands))
  }
  query<T>(name: string): T {
    stand(this)
    try {
      return this.handlers.get(name)?.run() as T
    } finally {
      stand(null)
    }
  }

  private begin({ run, input }: { run: Workflow; input: unknown }): void {
    run(input).then(
      () => this.say({ kind: 'completed' }),
      (error: unknown) =>
        error instanceof Continued ? this.say({ kind: 'continued', input: error.input }) : (this.broken = error),
    )
  }
  private take(job: Job): void {
    switch (job.kind) {
      case 'update':
      case 'signal':
        return this.hear(job)
      case 'timer':
        this.timers.get(job.seq)?.()
        this.timers.delete(job.seq)
        return
      case 'resolved':
        return this.activities.get(job.seq)?.done(job.value)
      case 'failed':
        return this.activities.get(job.seq)?.fail(new Error('the activity failed'))
    }
  }
  private hear(job: Extract<Job, { kind: 'update' | 'signal' }>): void {
    const handler = this.handlers.get(job.kind === 'update' ? 'act' : job.name)
    if (!handler) this.early.push(job)
    else if (job.kind === 'signal') handler.run(...job.args)
    else this.update(job, handler)
  }
  private update(
    { id, args, judged }: Extract<Job, { kind: 'update' }>,
    { run, validator }: { run: Handler; validator: Handler | undefined },
  ): void {
    try {
      if (!judged) validator?.(...args)
    } catch (error) {
      this.say({ kind: 'rejected', update: id, answer: failure(error) })
      return
    }
    this.say({ kind: 'accepted', update: id })
    this.unfinished += 1
    acts = true
    const answer = (async () => run(...args))()
    acts = false
    void answer
      .then((value) => this.say({ kind: 'answered', update: id, answer: { kind: 'value', value } }))
      .catch((error: unknown) => {
        if (error instanceof TemporalFailure) this.say({ kind: 'answered', update: id, answer: failure(error) })
        else this.broken = error
      })
      .finally(() => (this.unfinished -= 1))
  }
  private unblock(): boolean {
    const ready = [...this.waiting].filter(([, { holds }]) => holds())
    for (const [seq, { done }] of ready) {
      this.waiting.delete(seq)
      done()
    }
    return ready.length > 0
  }

  say(command: Command): void {
    this.commands.push(command)
  }
  handle(name: string, run: Handler, validator: Handler | undefined): void {
    this.handlers.set(name, { run, validator })
    const early = this.early
    this.early = []
    for (const job of early) this.hear(job)
  }
  until(holds: () => boolean): Promise<void> {
    if (holds()) return Promise.resolve()
    return new Promise((done) => this.waiting.set((this.seq += 1), { holds, done }))
  }
  timer(ms: number): { done: Promise<void>; cancel: () => void } {
    const seq = (this.seq += 1)
    this.say({ kind: 'timer', seq, ms })
    const done = new Promise<void>((resolve) => this.timers.set(seq, resolve))
    const cancel = (): void => {
      if (this.timers.delete(seq)) this.say({ kind: 'cancel', seq })
    }
    return { done, cancel }
  }
  activity(name: string, local: boolean, input: unknown): Promise<unknown> {
    const seq = (this.seq += 1)
    this.say({ kind: 'activity', seq, name, local, input })
    return new Promise((done, fail) => this.activities.set(seq, { done, fail }))
  }
}

const failure = (error: unknown): Answer => {
  if (!(error instanceof ApplicationFailure)) throw error
  return { kind: 'failure', type: error.type ?? '', details: error.details?.[0] ?? error.message }
}

/** A timer that is started and cancelled in one task never reaches the history. */
function withoutPairs(commands: Command[]): Command[] {
  const cancelled = new Set(commands.flatMap((one) => (one.kind === 'cancel' ? [one.seq] : [])))
  const paired = new Set(commands.flatMap((one) => (one.kind === 'timer' && cancelled.has(one.seq) ? [one.seq] : [])))
  return commands.filter((one) => !((one.kind === 'timer' || one.kind === 'cancel') && paired.has(one.seq)))
}

interface Named {
  name: string
}
export const defineUpdate = (name: string): Named => ({ name })
export const defineSignal = (name: string): Named => ({ name })
export const defineQuery = (name: string): Named => ({ name })
export const setHandler = ({ name }: Named, run: Handler, { validator }: { validator?: Handler } = {}): void =>
  here().handle(name, run, validator)
export const allHandlersFinished = (): boolean => here().unfinished === 0
export const workflowInfo = (): { historyLength: number; runStartTime: Date } => ({
  historyLength: here().historyLength,
  runStartTime: new Date(here().started),
})
export const sleep = (ms: number): Promise<void> => here().timer(ms).done
export const continueAsNew = (input: unknown): Promise<never> => Promise.reject(new Continued(input))

export async function condition(holds: () => boolean, patience?: number | string): Promise<boolean> {
  const instance = here()
  if (patience === undefined) {
    await instance.until(holds)
    return true
  }
  const { done, cancel } = instance.timer(typeof patience === 'number' ? patience : 60_000)
  const held = await Promise.race([instance.until(holds).then(() => true), done.then(() => false)])
  if (held) cancel()
  return held
}

const proxy = (local: boolean): Record<string, (input: unknown) => Promise<unknown>> =>
  new Proxy({}, { get: (_target, name) => (input: unknown) => here().activity(String(name), local, input) })
export const proxyActivities = (): unknown => proxy(false)
export const proxyLocalActivities = (): unknown => proxy(true)
