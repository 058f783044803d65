/** What can go wrong, by name: a process dies at any instant, or at one chosen point between two steps of the way in. */

import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Dice } from '../../simulation/dice.ts'
import { ask } from './insist.ts'
import type { Installation } from './installation.ts'
import type { People } from './people.ts'
import type { Name } from './processes.ts'

export interface Scene {
  here: Installation
  people: People
  dice: Dice
}
export interface Fault {
  name: string
  /** How often it is drawn, beside the others. */
  weight: number
  happens(scene: Scene): Promise<void>
}

export const FAULTS: Fault[] = [
  { name: 'the worker and its relay die', weight: 5, happens: ({ here }) => dies(here, 'worker') },
  { name: 'the API dies', weight: 5, happens: ({ here }) => dies(here, 'api') },
  { name: 'the engine dies', weight: 6, happens: ({ here }) => dies(here, 'engine') },
  { name: 'the database dies', weight: 6, happens: ({ here }) => dies(here, 'database') },
  { name: 'engine and database die', weight: 3, happens: ({ here }) => dies(here, 'engine', 'database') },
  { name: 'everything dies', weight: 2, happens: ({ here }) => dies(here, 'engine', 'database', 'worker', 'api') },
  { name: 'the worker dies: accepted, not begun', weight: 3, happens: acceptedNotBegun },
  { name: 'the worker dies: accepted, not recorded', weight: 3, happens: acceptedNotRecorded },
  { name: 'the worker dies: looked up, not answered', weight: 2, happens: lookedUpNotAnswered },
  { name: 'the worker dies: recorded, the engine not told', weight: 3, happens: recordedNotTold },
  { name: 'the API dies: accepted, not answered', weight: 3, happens: acceptedNotAnswered },
  { name: 'the database dies in the middle of recording', weight: 3, happens: databaseInRecording },
  { name: 'the worker dies: mail taken over, not noted', weight: 2, happens: mailNotNoted },
  { name: 'the mail server cuts the line', weight: 2, happens: mailCut },
  { name: 'the mail server is away', weight: 1, happens: mailAway },
  { name: 'the date moves', weight: 2, happens: dateMoves },
]

async function dies(here: Installation, ...names: Name[]): Promise<void> {
  await here.processes.kill(...names)
  // Whoever needs a server is started beside it: they have to wait for it by themselves.
  await here.processes.start(...names)
}

/** Holds the row of a case, so that its recorder waits in the middle of its transaction, until the row is released. */
async function whileRecording(
  { here, people, dice }: Scene,
  meanwhile: () => Promise<void>,
  released: () => Promise<void>,
): Promise<void> {
  const number = await someCase({ here, people, dice })
  let noted: Promise<unknown> = Promise.resolve()
  await here.owner
    .begin(async (tx) => {
      await tx`select 1 from cases where number = ${number} for update`
      noted = people.note(people.desk, number, dice)
      await untilSomebodyWaits(here)
      await meanwhile()
    })
    // The database itself may be what dies.
    .catch(() => {})
  await released()
  await noted
}

async function someCase({ people, dice }: Scene): Promise<string> {
  const number = people.cases.length === 0 ? await people.openCase(dice) : dice.pick(people.cases)
  if (number === null) throw new Error('no case to act on')
  return number
}

async function untilSomebodyWaits({ owner }: Installation): Promise<void> {
  for (const end = Date.now() + 6_000; Date.now() < end; await pause(20)) {
    const [row] = await owner`select count(*)::int as waiting from pg_stat_activity
      where wait_event_type = 'Lock' and application_name <> 'chaos'`
    if (Number(row?.['waiting']) > 0) return
  }
}

async function acceptedNotBegun(scene: Scene): Promise<void> {
  const { here, people, dice } = scene
  const number = await someCase(scene)
  here.processes.freeze('worker')
  const noted = people.note(people.desk, number, dice)
  await pause(300)
  await dies(here, 'worker')
  await noted
}

function acceptedNotRecorded(scene: Scene): Promise<void> {
  const { processes } = scene.here
  return whileRecording(
    scene,
    () => processes.kill('worker'),
    () => processes.start('worker'),
  )
}

function acceptedNotAnswered(scene: Scene): Promise<void> {
  const { processes } = scene.here
  return whileRecording(
    scene,
    () => processes.kill('api'),
    () => processes.start('api'),
  )
}

function databaseInRecording(scene: Scene): Promise<void> {
  const { processes } = scene.here
  return whileRecording(
    scene,
    () => processes.kill('database'),
    () => processes.start('database'),
  )
}

/** The engine stands still while the database commits: the ledger knows what the workflow was never told. */
function recordedNotTold(scene: Scene): Promise<void> {
  const { processes } = scene.here
  return whileRecording(
    scene,
    async () => processes.freeze('engine'),
    async () => {
      await pause(300)
      await processes.kill('worker')
      processes.thaw('engine')
      await processes.start('worker')
    },
  )
}

/** The API reads procedures too: the opening is on its way before their table is held. */
async function lookedUpNotAnswered({ here, people, dice }: Scene): Promise<void> {
  const opened = people.openCase(dice)
  await pause(dice.upTo(150))
  await here.owner
    .begin(async (tx) => {
      await tx`lock table procedures in access exclusive mode`
      await untilSomebodyWaits(here)
      await here.processes.kill('worker')
    })
    .catch(() => {})
  await here.processes.start('worker')
  await opened
}

/** What was to be mailed may have been mailed before the next mail comes: then the date is moved until one is due. */
async function atNextMail(scene: Scene, next: NonNullable<Installation['mail']['next']>): Promise<void> {
  const { mail } = scene.here
  mail.next = next
  await dateMoves(scene)
  for (const end = Date.now() + 15_000; Date.now() < end && mail.next !== null; await pause(50));
  mail.next = null
}

async function mailNotNoted(scene: Scene): Promise<void> {
  const { processes } = scene.here
  await atNextMail(scene, { kind: 'taken', meanwhile: () => processes.kill('worker') })
  await dies(scene.here, 'worker')
}

function mailCut(scene: Scene): Promise<void> {
  return atNextMail(scene, { kind: 'cut' })
}

async function mailAway({ here }: Scene): Promise<void> {
  await here.mail.close()
  await pause(2_000)
  await here.mail.open()
}

async function dateMoves({ people, dice }: Scene): Promise<void> {
  const by = { amount: 1 + dice.upTo(4), unit: 'days' }
  await ask(people.coordination, '/api/v1/training/advances', {
    method: 'POST',
    body: JSON.stringify({ by }),
    headers: { 'idempotency-key': randomUUID() },
  }).catch(() => {})
}
