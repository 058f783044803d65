/** When a run may end or continue as new: nothing pending, everybody answered, in a task that completed no update. */

import { condition, sleep, workflowInfo } from '@temporalio/workflow'

const MAX_HISTORY = 250
/** Events that a run may wait for a task of time in which to rest; then it makes one. */
const PATIENCE = 50
const MAX_AGE_MS = 60 * 24 * 3_600_000

export class Rest {
  /** Once true nothing may change the state any more: it has been handed on. */
  taken = false
  private answeredAt = 0
  private asked = false
  private readonly maxHistory: number
  private readonly idle: () => boolean
  private readonly closed: () => boolean

  /** `idle`: no entry in flight, no effect under way, no handler unfinished. */
  constructor(maxHistory: number | undefined, idle: () => boolean, closed: () => boolean) {
    this.maxHistory = maxHistory ?? MAX_HISTORY
    this.idle = idle
    this.closed = closed
  }
  /** An update is answered in this task. */
  answered(): void {
    this.answeredAt = workflowInfo().historyLength
  }
  ask(): void {
    this.asked = true
  }

  async until(): Promise<void> {
    for (;;) {
      await condition(() => this.idle() && (this.overdue() || (this.due() && !this.answeredNow())))
      if (this.answeredNow()) await sleep(1)
      // Asked again without a wait in between: what else woke in this task may have begun something.
      if (this.idle() && !this.answeredNow()) {
        this.taken = true
        return
      }
    }
  }

  private answeredNow(): boolean {
    return this.answeredAt === workflowInfo().historyLength
  }
  private due(): boolean {
    const { historyLength, runStartTime } = workflowInfo()
    return historyLength > this.maxHistory || Date.now() - runStartTime.getTime() > MAX_AGE_MS
  }
  private overdue(): boolean {
    return this.asked || this.closed() || workflowInfo().historyLength > this.maxHistory + PATIENCE
  }
}
