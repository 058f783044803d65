/** The engine's side of one case: its history, what waits to enter it, timers and activities, and a worker that may die. */

import { caseWorkflow } from '../../workflows/case.ts'
import type { CaseInput, LiveCase } from '../../workflows/messages.ts'
import type { Dice } from '../../simulation/dice.ts'
import type { Faults } from './faults.ts'
import { ends, History, type Task } from './history.ts'
import { type Answer, type Command, frozen, Instance, type Job } from './runtime.ts'
import type { Schedule } from './schedule.ts'
import type { Violation } from './violation.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const TASK_TIMEOUT = 10 * SECOND
const TRY_TIMEOUT = 30 * SECOND

export interface World {
  schedule: Schedule
  dice: Dice
  faults: Faults
  /** The effect of an activity; throws when the database refuses. */
  perform(name: string, input: unknown): unknown
  /** What is thrown when a task fails, or when its replay says something else. */
  broken(error: unknown): Violation
  /** Said after every step of the engine, for whoever checks the laws. */
  after(server: CaseServer): void
  /** Changed by a planted bug. */
  carried(input: CaseInput): CaseInput
  /** True where a planted bug records within the task what people do. */
  recordsInTask: boolean
}
type Heard = (answer: Answer) => void

export class CaseServer {
  ended = false
  runs = 1
  instance: Instance | null = null
  /** When the oldest thing that waits for a task came. */
  waitingSince: number | null = null
  private input: CaseInput
  private begun: number
  private history = new History()
  private events: Job[] = []
  private asked = new Map<string, { action: unknown; heard: Heard[] }>()
  private readonly answers = new Map<string, Answer>()
  private timers = new Set<number>()
  private activities = new Set<number>()
  private atWork = false
  private readonly world: World

  constructor(world: World, input: CaseInput) {
    this.world = world
    this.input = input
    this.begun = world.schedule.now
  }
  get quiet(): boolean {
    return !this.atWork && this.events.length === 0 && this.asked.size === 0 && this.activities.size === 0
  }
  live(): LiveCase | null {
    return this.instance?.query<LiveCase>('caseState') ?? null
  }

  /** An update under its id: known to this run, it has its first answer; `heard` may never be called. */
  update(id: string, action: unknown, heard: Heard): void {
    const known = this.answers.get(id)
    if (known) return heard(known)
    if (this.ended) return heard({ kind: 'failure', type: 'ended', details: null })
    const waiting = this.asked.get(id)
    if (waiting) waiting.heard.push(heard)
    else this.asked.set(id, { action, heard: [heard] })
    this.work()
  }
  signal(name: string, content: unknown): void {
    if (!this.ended) this.enter({ kind: 'signal', name, args: [content] })
  }
  evict(): void {
    this.instance = null
  }

  private enter(job: Job): void {
    this.events.push(job)
    this.work()
  }
  private work(again = false): void {
    if (this.ended || (this.atWork && !again)) return
    this.atWork = true
    this.waitingSince ??= this.world.schedule.now
    const { dice, faults } = this.world
    const late = faults.strikes('task_late') ? dice.between(MINUTE, 6 * HOUR) : dice.between(1, 300)
    this.world.schedule.in(late, () => this.task())
  }

  private async task(): Promise<void> {
    try {
      await this.step()
    } catch (error) {
      throw this.world.broken(error)
    }
  }
  private async step(): Promise<void> {
    const { schedule, dice, faults } = this.world
    const taken = [...this.events]
    const updates = [...this.asked].filter(([id]) => !this.history.accepted.has(id))
    const jobs: Job[] = [
      ...updates.map(([id, { action }]): Job => ({ kind: 'update', id, args: [action], judged: false })),
      ...taken,
    ]
    if (jobs.length === 0 && !this.history.empty) return this.rests()
    if (faults.strikes('evicted')) this.evict()
    const instance = this.instance ?? (await this.replayed())
    this.instance = instance
    const task: Task = { now: schedule.now, historyLength: this.history.length, activations: [] }
    await this.activate(instance, task, jobs)
    schedule.in(dice.between(1, 200), () => {
      const lost = faults.strikes('task_lost')
      const unhandled = this.events.length > taken.length && ends(task)
      if (!lost && !unhandled)
        return this.commit(
          task,
          taken,
          updates.map(([id]) => id),
        )
      this.evict()
      schedule.in(lost ? TASK_TIMEOUT : 10, () => this.work(true))
    })
  }
  /** Local activities are done, and heard of, within the task. */
  private async activate(instance: Instance, task: Task, jobs: Job[]): Promise<void> {
    const said = await instance.activate(jobs, task.now, task.historyLength)
    const commands = JSON.parse(said) as Command[]
    task.activations.push({ jobs, commands, said })
    for (const command of commands) {
      if (command.kind !== 'activity' || !this.isLocal(command)) continue
      await this.activate(instance, task, [this.tried(command)])
    }
  }
  private isLocal({ local, name }: Extract<Command, { kind: 'activity' }>): boolean {
    return local || (this.world.recordsInTask && name === 'recordCaseEvents')
  }
  private tried({ seq, name, input, local }: Extract<Command, { kind: 'activity' }>): Job {
    const { faults } = this.world
    // Where a bug makes an ordinary activity local, it is tried until it succeeds.
    if (local && faults.strikes('refused')) return { kind: 'failed', seq }
    const value = this.world.perform(name, input)
    return local && faults.strikes('done_twice') ? { kind: 'failed', seq } : { kind: 'resolved', seq, value }
  }

  /** A run begins at its first task; later it is made again from what the history holds, and must say the same. */
  private async replayed(): Promise<Instance> {
    // Of its input a run changes the shelf only, where it puts the one copy of the worker.
    const input = { ...frozen(this.input), shelf: { ...this.input.shelf } }
    const instance = new Instance(caseWorkflow as never, input, this.begun)
    await this.history.replay(instance)
    return instance
  }

  private commit(task: Task, taken: Job[], updates: string[]): void {
    const commands = task.activations.flatMap((one) => one.commands)
    this.history.add(task, taken.length + 2 * updates.length)
    this.events = this.events.filter((job) => !taken.includes(job))
    let next: CaseInput | null = null
    for (const command of commands) next = this.obey(command) ?? next
    if (next) this.renew(next)
    this.rests()
    this.world.after(this)
  }
  private obey(command: Command): CaseInput | null {
    switch (command.kind) {
      case 'accepted':
        return null
      case 'rejected':
      case 'answered': {
        const { update, answer } = command
        if (command.kind === 'answered') this.answers.set(update, answer)
        const heard = this.asked.get(update)?.heard ?? []
        this.asked.delete(update)
        for (const hear of heard) hear(answer)
        return null
      }
      case 'timer':
        this.timers.add(command.seq)
        this.world.schedule.in(
          command.ms + this.world.dice.between(0, SECOND),
          this.ofThisRun(() => {
            if (this.timers.delete(command.seq)) this.enter({ kind: 'timer', seq: command.seq })
          }),
        )
        return null
      case 'cancel':
        this.timers.delete(command.seq)
        this.events = this.events.filter((job) => !(job.kind === 'timer' && job.seq === command.seq))
        return null
      case 'activity':
        if (!this.isLocal(command)) {
          this.activities.add(command.seq)
          this.attempt(command, 1)
        }
        return null
      case 'completed':
        this.end()
        return null
      case 'continued':
        return command.input as CaseInput
    }
  }

  private attempt(command: Extract<Command, { kind: 'activity' }>, tries: number): void {
    const { schedule, dice, faults } = this.world
    const again = (after: number): void =>
      schedule.in(
        after,
        this.ofThisRun(() => this.activities.has(command.seq) && this.attempt(command, tries + 1)),
      )
    const does = this.ofThisRun((): void => {
      if (faults.strikes('refused')) return again(Math.min(MINUTE, 200 * 2 ** tries))
      if (faults.strikes('done_late')) {
        schedule.in(dice.between(TRY_TIMEOUT, 3 * HOUR), () => this.world.perform(command.name, command.input))
        return again(TRY_TIMEOUT)
      }
      const value = this.world.perform(command.name, command.input)
      if (faults.strikes('done_twice')) return again(TRY_TIMEOUT)
      if (this.activities.delete(command.seq)) this.enter({ kind: 'resolved', seq: command.seq, value })
    })
    schedule.in(dice.between(1, 150), does)
  }
  /** What a run planned does not reach the next one. */
  private ofThisRun(run: () => void): () => void {
    const { runs } = this
    return () => {
      if (this.runs === runs && !this.ended) run()
    }
  }
  private renew(next: CaseInput): void {
    this.runs += 1
    this.input = this.world.carried(next)
    this.begun = this.world.schedule.now
    const { accepted } = this.history
    this.history = new History()
    this.timers.clear()
    this.activities.clear()
    this.answers.clear()
    for (const id of accepted) this.fail(id)
    this.evict()
    this.work(true)
  }
  private rests(): void {
    if (this.runs > 1 && this.history.empty) return
    this.atWork = false
    this.waitingSince = null
    if (this.events.length > 0 || [...this.asked.keys()].some((id) => !this.history.accepted.has(id))) this.work()
  }
  private end(): void {
    this.ended = true
    for (const id of this.asked.keys()) this.fail(id)
    this.evict()
  }
  /** What a run had accepted and not answered fails with it. */
  private fail(update: string): void {
    const heard = this.asked.get(update)?.heard ?? []
    this.asked.delete(update)
    for (const hear of heard) hear({ kind: 'failure', type: 'ended', details: null })
  }
}
