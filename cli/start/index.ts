/** `npm start`: brings a whole training installation up, keeps it up, and stops it in order. */

import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { makeRing } from '../keys/make.ts'
import { RINGS } from '../keys/ring-file.ts'
import { untilStopped } from '../until-stopped.ts'
import { Children, endLeftovers } from '../../local/children.ts'
import { DataFolder, type Remembered } from '../../local/data-folder.ts'
import { ownDatabase } from './database.ts'
import { planEngine } from '../../local/engine.ts'
import { countryOf } from './first-run.ts'
import { greet } from './greeting.ts'
import { isAlive } from '../../local/identity.ts'
import { command, type Say } from '../command.ts'
import { type StartOptions, startOptions, USAGE } from './options.ts'
import { apiPlan, environment, mailPlan, type Surroundings, workerPlan } from '../../local/plans.ts'
import { planPostgres } from '../../local/postgres.ts'
import { databaseHome, postgresPrograms } from '../../local/postgres-programs.ts'
import { remember } from '../../local/remember.ts'

const PROCEDURES = resolve(import.meta.dirname, '../../procedures/ml')
const PROGRAMS = resolve(import.meta.dirname, '../../.data/bin')

export const start = command(USAGE, async (asked, out) => {
  const options = startOptions(asked)
  const folder = new DataFolder(options.dataDir)
  const before = await folder.read()
  if (before && (await isAlive(before.supervisor))) {
    const { ports, supervisor } = before
    out(`Segin is running already: http://127.0.0.1:${ports.api} (process ${supervisor?.pid}, data in ${folder.path})`)
    return 0
  }
  if (before) await endLeftovers(before, out)
  if (options.reset && !(await reset(folder, options.yes, out))) return 1
  return run(folder, options.reset ? null : before, options, out)
})

async function run(folder: DataFolder, before: Remembered | null, options: StartOptions, out: Say): Promise<number> {
  const began = Date.now()
  const say: Say = (line) => out(`  ${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s  ${line}`)
  await folder.make()
  const state = await remember(folder, before, options.port)
  const children = new Children(folder, state, say)
  const stopping = untilStopped().then(() => 'stopping' as const)
  try {
    if ((await Promise.race([bringUp(folder, state, children, say), stopping])) !== 'stopping') {
      await greet(folder, state, out)
      await stopping
    }
    out('\nStopping…')
    return 0
  } finally {
    await children.stop()
    delete state.supervisor
    await folder.save(state)
  }
}

async function bringUp(folder: DataFolder, state: Remembered, children: Children, say: Say): Promise<void> {
  const [engine, programs, country, ownerPassword] = await Promise.all([
    planEngine(folder, state, PROGRAMS, say),
    postgresPrograms(say),
    countryOf(PROCEDURES),
    folder.secret('database-owner'),
    ...RINGS.map((name) => makeRing(folder.in('keys'), name)),
  ])
  const home = await databaseHome(folder.path, say)
  const postgres = await planPostgres(programs, join(home, 'data'), state.ports.postgres, ownerPassword)
  state.wrote = { ...state.wrote, postgres: programs.major }
  const mail = children.start(mailPlan(folder, state))
  const database = async (): Promise<string> => {
    await children.start(postgres.child)
    return ownDatabase(folder, postgres.ownerUrl, PROCEDURES, country, say)
  }
  const [databaseUrl] = await Promise.all([database(), engine.child && children.start(engine.child)])
  say('database and engine answer')
  const around = { folder, state, databaseUrl, engine: engine.address }
  await Promise.all([mail, children.start(workerPlan(around)), children.start(apiPlan(around))])
  say('worker, API and mail catcher answer')
  // A server does not upgrade the file of another version: its cases go on in a new one, from the record.
  const { temporal: wrote } = state.wrote
  if (wrote !== null && wrote !== engine.version) {
    say(`its cases lived in another engine (${wrote}); they go on in this one (${engine.version})`)
    await inThisEngine(around, say)
  }
  state.wrote.temporal = engine.version
  await folder.save(state)
}

async function inThisEngine(around: Surroundings, say: Say): Promise<void> {
  // Seldom needed, and a second of loading before anything else can begin.
  const [{ stand }, { reviveCases }] = await Promise.all([import('../process.ts'), import('../revive/index.ts')])
  const standing = await stand('revive', environment(around))
  try {
    await reviveCases(standing, { run: true, all: false, discard: false }, say)
  } finally {
    await standing.close()
  }
}

async function reset(folder: DataFolder, yes: boolean, out: Say): Promise<boolean> {
  if (!yes) {
    const ask = createInterface({ input: process.stdin, output: process.stdout })
    const answer = await ask.question(`Forget every case, person and mail in ${folder.path}? Type "yes": `)
    ask.close()
    if (answer.trim() !== 'yes') {
      out('Nothing was changed.')
      return false
    }
  }
  await folder.remove()
  await rm(await databaseHome(folder.path, () => {}), { recursive: true, force: true })
  return true
}
