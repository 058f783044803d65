/** Many lives, shared out among the processors: what comes out is the same for any number of them. */

import { fork } from 'node:child_process'
import { arrivals, endOf, type Span } from './arrivals.ts'
import { Counting } from './counting.ts'
import { type Ground, groundOf } from './ground.ts'
import { Life } from './life.ts'
import { newTally, sum, type Tally } from './tally.ts'

export interface Plan {
  folder: string
  span: Span
  /** People in all. */
  returns: number
  seed: number
}
/** Every `of`-th life, from the `part`-th on. */
export interface Share {
  part: number
  of: number
}
/** A prime, so that the dice of neighbouring cases and neighbouring seeds have nothing to do with each other. */
const APART = 1_000_003

export function simulated(ground: Ground, { span, returns, seed }: Plan, { part, of }: Share): Tally {
  const all = arrivals(ground.assumed, span, returns, seed)
  const until = endOf(span)
  const tally = newTally()
  for (let index = part; index < all.length; index += of) {
    const arrival = all[index]
    if (!arrival) continue
    const counting = new Counting(tally)
    const life = new Life(ground, arrival, Math.imul(seed + 1, APART) + Math.imul(index + 1, 0x9e3779b1), counting)
    life.lives(until)
    counting.ends(life.state, until)
  }
  return tally
}

export async function simulate(plan: Plan, processors: number): Promise<Tally> {
  if (processors < 2) return simulated(await groundOf(plan.folder), plan, { part: 0, of: 1 })
  const parts = Array.from({ length: processors }, (_, part) => inProcess(plan, { part, of: processors }))
  return (await Promise.all(parts)).reduce(sum)
}

function inProcess(plan: Plan, share: Share): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./share.ts', import.meta.url))
    child.once('message', (tally) => resolve(tally as Tally))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`a part of the simulation ended with ${code}`)))
    child.send({ plan, share })
  })
}
