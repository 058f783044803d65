/** A seeded run: people work, and one thing after the other goes wrong, until enough was killed. */

import { Dice } from '../../simulation/dice.ts'
import { type Found, lookAround, settled } from './afterwards.ts'
import { type Fault, FAULTS } from './faults.ts'
import { startInstallation } from './installation.ts'
import { People } from './people.ts'

export interface Chaos {
  seed: number
  /** Processes killed with -9 before it ends. */
  kills: number
  cases: number
  hands: number
  /** Each happens once, in this order; what is killed beyond that is drawn from them by weight. */
  faults?: Fault[]
  say: (line: string) => void
}
export interface Outcome extends Found {
  kills: number
  faults: Record<string, number>
  acts: Record<string, number>
  seconds: number
}

export async function chaos({ seed, kills, cases, hands, faults = FAULTS, say }: Chaos): Promise<Outcome> {
  const began = Date.now()
  const dice = new Dice(seed)
  const here = await startInstallation()
  try {
    const people = new People(here)
    await people.signIn()
    for (let opened = 0; opened < cases; opened += 1) await people.openCase(dice)
    const working = Array.from({ length: hands }, () => people.keepWorking(dice.fork()))
    const happened: Record<string, number> = {}
    for (const fault of order(seed, faults)) {
      if (here.processes.kills >= kills && Object.keys(happened).length === faults.length) break
      happened[fault.name] = (happened[fault.name] ?? 0) + 1
      const seconds = String(Math.round((Date.now() - began) / 1000))
      say(
        `${seconds.padStart(5)} s ${String(here.processes.kills).padStart(4)} kills, ${people.told.length} acts: ${fault.name}`,
      )
      await fault.happens({ here, people, dice })
    }
    people.stop()
    await Promise.all(working)
    await settled(here, people)
    const found = await lookAround(here, people)
    const seconds = Math.round((Date.now() - began) / 1000)
    const acts: Record<string, number> = {}
    for (const { kind, from } of people.told) acts[`${kind}, ${from}`] = (acts[`${kind}, ${from}`] ?? 0) + 1
    return { ...found, kills: here.processes.kills, faults: happened, acts, seconds }
  } finally {
    await here.end()
  }
}

function* order(seed: number, faults: Fault[]): Generator<Fault> {
  yield* faults
  const dice = new Dice(seed + 1)
  const drawn = faults.flatMap((fault) => Array.from({ length: fault.weight }, () => fault))
  for (;;) yield dice.pick(drawn)
}
