/** What goes wrong: each kind is thrown with its own chance, counted, and can be left out when a failure is made smaller. */

import type { Dice } from '../../simulation/dice.ts'

export const CHANCES = {
  /** The worker dies after a task, before the server has heard of it. */
  task_lost: 0.02,
  /** The worker dies between tasks, or the case leaves its cache. */
  evicted: 0.05,
  /** A task waits: no worker polls for minutes or hours. */
  task_late: 0.02,
  /** The database refuses before anything is written. */
  refused: 0.03,
  /** Written, but the worker that wrote it is not heard of again: it is done a second time. */
  done_twice: 0.03,
  /** A try that was given up writes after all, long after the next one. */
  done_late: 0.01,
  /** The answer to a person is lost; they send the same again. */
  answer_lost: 0.05,
  /** Something long done is sent once more. */
  echo: 0.03,
  /** Somebody acts in the very moment in which something falls due. */
  just_due: 0.1,
  /** Two people act on the same item in one moment. */
  at_once: 0.05,
  /** The same declaration reaches a case twice. */
  signal_twice: 0.1,
} as const
export type Fault = keyof typeof CHANCES

/** The faults of one case. `spared`: the ordinals of those that do not happen. */
export class Faults {
  readonly happened: { fault: Fault; ordinal: number }[] = []
  private ordinal = 0
  private readonly dice: Dice
  private readonly spared: ReadonlySet<number>
  private readonly more: () => number

  constructor(dice: Dice, more: () => number, spared: ReadonlySet<number>) {
    this.dice = dice
    this.more = more
    this.spared = spared
  }
  strikes(fault: Fault): boolean {
    if (!this.dice.happens(CHANCES[fault] * this.more())) return false
    this.ordinal += 1
    if (this.spared.has(this.ordinal)) return false
    this.happened.push({ fault, ordinal: this.ordinal })
    return true
  }
}
