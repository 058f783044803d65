/** Many of a kind begun some at once, and waited for until the last is there. */

import { setTimeout as pause } from 'node:timers/promises'

const LOOK_MS = 200
const TELL_MS = 10_000
const LONGEST_MS = 15 * 60_000

/** Answers how many were begun: none after the instant `until`. */
export async function inTurns(
  count: number,
  atOnce: number,
  one: () => Promise<unknown>,
  until = Infinity,
): Promise<number> {
  let begun = 0
  const next = async (): Promise<void> => {
    while (begun < count && Date.now() < until) {
      begun += 1
      await one()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, next))
  return begun
}

/** Milliseconds from `start` until `count` are there; says how far it is now and then, and gives up in the end. */
export async function untilThere(
  start: number,
  count: number,
  seen: () => Promise<number>,
  tell: (there: number) => void,
): Promise<number> {
  let told = Date.now()
  for (;;) {
    const there = await seen()
    if (there >= count) return Date.now() - start
    if (Date.now() - start > LONGEST_MS) throw new Error(`a quarter of an hour, and ${there} of ${count}`)
    if (Date.now() - told > TELL_MS) {
      told = Date.now()
      tell(there)
    }
    await pause(LOOK_MS)
  }
}
