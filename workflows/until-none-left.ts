/** Work over many cases goes in parts: an activity does one and says how many are left. */

import { sleep } from '@temporalio/workflow'

export interface Part {
  left: number
  /** Milliseconds before the next part; absent: at once. */
  wait?: number
}

export async function untilNoneLeft(part: () => Promise<Part>): Promise<void> {
  for (;;) {
    const { left, wait } = await part()
    if (left === 0) return
    if (wait !== undefined) await sleep(wait)
  }
}
