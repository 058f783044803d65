/** The history of one run: what a worker that knows nothing of it is told, to become what another one was. */

import type { Command, Instance, Job } from './runtime.ts'
import { Violation } from './violation.ts'

export interface Activation {
  jobs: Job[]
  commands: Command[]
  /** The commands as they were said: a replay must say the same, to the last value. */
  said: string
}
export interface Task {
  now: number
  historyLength: number
  activations: Activation[]
}

export class History {
  readonly accepted = new Set<string>()
  private readonly tasks: Task[] = []
  /** Events, as the engine would count them. */
  length = 3

  get empty(): boolean {
    return this.tasks.length === 0
  }
  add(task: Task, events: number): void {
    const commands = task.activations.flatMap((one) => one.commands)
    for (const command of commands) if (command.kind === 'accepted') this.accepted.add(command.update)
    const activations = task.activations.map((one) => this.judged(one))
    // A task that only refused leaves nothing behind.
    if (!this.empty && activations.every((one) => one.jobs.length === 0)) return
    this.tasks.push({ ...task, activations })
    this.length += 3 + events + commands.length
  }
  async replay(instance: Instance): Promise<void> {
    for (const { now, historyLength, activations } of this.tasks) {
      for (const { jobs, commands, said } of activations) {
        const again = await instance.activate(jobs, now, historyLength)
        if (again !== said)
          throw new Violation('replay', `said ${summary(commands)}, says ${summary(JSON.parse(again) as Command[])}`)
      }
    }
  }

  /** As a replay hears it: what was refused was never there, what was accepted is not asked again. */
  private judged({ jobs, commands, said }: Activation): Activation {
    const heard = jobs.flatMap((job): Job[] => {
      if (job.kind !== 'update') return [job]
      return this.accepted.has(job.id) ? [{ ...job, judged: true }] : []
    })
    if (heard.length === jobs.length) return { jobs: heard, commands, said }
    const kept = commands.filter((one) => one.kind !== 'rejected')
    return { jobs: heard, commands: kept, said: JSON.stringify(kept) }
  }
}

export const ends = ({ activations }: Task): boolean =>
  activations.some(({ commands }) => commands.some((one) => one.kind === 'continued' || one.kind === 'completed'))
const summary = (commands: Command[]): string =>
  commands.map((one) => ('seq' in one ? `${one.kind} ${one.seq}` : one.kind)).join(', ') || 'nothing'
