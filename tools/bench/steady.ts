/** `npm run bench -- steady [MINUTES]`: a whole installation at half of what it can do, and what each process holds of memory. */

import { setTimeout as pause } from 'node:timers/promises'
import { Dice } from '../../simulation/dice.ts'
import { type Final, GOOD_LINE } from '../chaos/insist.ts'
import { type Installation, startInstallation } from '../chaos/installation.ts'
import { People } from '../chaos/people.ts'
import { ms, spread, throughput, timed } from './figures.ts'
import { inTurns } from './load.ts'

const AT_ONCE = 16
const FIRST_CASES = 200
const CAPACITY_SECONDS = 60
/** One turn in eight opens a case, so that the cache of the worker fills and forgets within the hour. */
const OPENS = 1 / 8
const TOLD = 12
const PROCESSES = ['database', 'engine', 'worker', 'api'] as const

/** Milliseconds of each turn, and how many were not answered as a client expects. */
interface Done {
  times: number[]
  failed: number
}

export async function steady(minutes: number, say: (line: string) => void): Promise<void> {
  const here = await startInstallation()
  try {
    const people = new People(here, GOOD_LINE)
    await people.signIn()
    const dice = new Dice(1)
    await inTurns(FIRST_CASES, AT_ONCE, () => people.openCase(dice))
    const hands = Array.from({ length: AT_ONCE }, () => () => people.turn(dice, OPENS))
    const { perSecond } = await throughput(hands, CAPACITY_SECONDS)
    const half = perSecond / 2
    say(`${AT_ONCE} people without a pause do ${perSecond.toFixed(1)} turns a second; now ${half.toFixed(1)} a second`)
    say(`minutes   ${PROCESSES.map((name) => name.padStart(9)).join('')} MB   turns, failed   p50, p95`)
    say(await told(here, 0, { times: [], failed: 0 }))
    for (let part = 1; part <= TOLD; part += 1) {
      const done = await atRate(half, (minutes * 60) / TOLD, () => people.turn(dice, OPENS))
      say(await told(here, (minutes * part) / TOLD, done))
    }
    const counted = (kind: Final['kind']): string => `${people.told.filter((one) => one.kind === kind).length} ${kind}`
    const counts = (['recorded', 'refused', 'failed', 'never'] as const).map(counted)
    say(`${people.cases.length} cases; acts: ${counts.join(', ')}`)
  } finally {
    await here.end()
  }
}

/** Begun at equal distances, whether the one before has ended or not: who waits does not lighten the load. */
async function atRate(perSecond: number, seconds: number, turn: () => Promise<void>): Promise<Done> {
  const times: number[] = []
  let failed = 0
  const began = performance.now()
  const under: Promise<void>[] = []
  for (let n = 0; n < perSecond * seconds; n += 1) {
    await pause(Math.max(0, began + (n * 1000) / perSecond - performance.now()))
    under.push(
      timed(turn).then(
        (time) => void times.push(time),
        () => void (failed += 1),
      ),
    )
  }
  await Promise.all(under)
  return { times, failed }
}

async function told({ processes }: Installation, minute: number, { times, failed }: Done): Promise<string> {
  const held = await Promise.all(PROCESSES.map((name) => processes.memory(name)))
  const { p50, p95 } = spread(times)
  const megabytes = held.map((bytes) => (bytes / 1e6).toFixed(0).padStart(9)).join('')
  return `${minute.toFixed(0).padStart(7)}   ${megabytes}      ${String(times.length).padStart(5)}, ${String(failed).padStart(6)}   ${ms(p50)}, ${ms(p95)}`
}
