/** `npm start`: brings a whole training installation up, keeps it up, and stops it in order. */

import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { findBinary, TEMPORAL_CLI } from '../temporal-binary.ts'
import { Children, endLeftovers } from './children.ts'
import { choosePort, DataFolder, type Remembered } from './data-folder.ts'
import { prepareDatabase } from './database.ts'
import { countryOf } from './first-run.ts'
import { greet } from './greeting.ts'
import { identify, isAlive } from './identity.ts'
import { HELP, startOptions } from './options.ts'
import { apiPlan, enginePlan, mailPlan, workerPlan } from './plans.ts'
import { giveToPostgres, planPostgres, unreachable } from './postgres.ts'
import { untilStopped } from '../process.ts'

const FOLDER = resolve(import.meta.dirname, '../../procedures/ml')
const TEMPORAL_VERSION = '1.9.1'

export async function start(args: string[], out: (line: string) => void): Promise<number> {
  const options = startOptions(args)
  if (options.help) {
    out(HELP)
    return 0
  }
  const began = Date.now()
  const say = (line: string): void => out(`  ${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s  ${line}`)
  const folder = new DataFolder(await reachable(options.dataDir, out))
  const before = await folder.read()
  if (before && (await isAlive(before.supervisor))) {
    out(
      `Segin is running already: http://127.0.0.1:${before.ports.api} (process ${before.supervisor?.pid}, data in ${folder.path})`,
    )
    return 0
  }
  if (before) await endLeftovers(before, say)
  if (options.reset && !(await reset(folder, options.yes, out))) return 1
  await folder.make()
  const state = await remember(folder, options.reset ? null : before, options.port)
  const children = new Children(folder, state, say)
  const stopping = untilStopped()
  try {
    await bringUp(folder, state, children, say)
    await greet(folder, state, out)
    await stopping
    out('\nStopping…')
    return 0
  } finally {
    await children.stop()
    delete state.supervisor
    await folder.save(state)
  }
}

async function bringUp(
  folder: DataFolder,
  state: Remembered,
  children: Children,
  say: (line: string) => void,
): Promise<void> {
  const binary = await findBinary(TEMPORAL_CLI, resolve(import.meta.dirname, '../../.data/bin'), say)
  say(`engine: ${binary.path} (${binary.from})`)
  await Promise.all([folder.ring('master'), folder.ring('codec'), giveToPostgres(folder.in('postgres'))])
  const database = await planPostgres(
    folder.in('postgres', 'data'),
    state.ports.postgres,
    await folder.secret('database-owner'),
  )
  const [country] = await Promise.all([
    countryOf(FOLDER),
    children.start(database.child),
    children.start(enginePlan(folder, state, binary.path)),
    children.start(mailPlan(folder, state)),
  ])
  say('database, engine and mail catcher answer')
  const url = await prepareDatabase(folder, database.ownerUrl, FOLDER, country, say)
  await Promise.all([children.start(workerPlan(folder, state, url)), children.start(apiPlan(folder, state, url))])
  say('worker and API answer')
}

/** Postgres runs as a user of its own under root: a folder that it cannot reach is told, and another one is used. */
async function reachable(wished: string, out: (line: string) => void): Promise<string> {
  const wall = await unreachable(dirname(wished))
  if (wall === null) return wished
  const other = join(tmpdir(), `segin-${createHash('sha256').update(wished).digest('hex').slice(0, 10)}`)
  out(`The database's user cannot pass ${wall}; data is kept in ${other} instead of ${wished}.`)
  return other
}

async function reset(folder: DataFolder, yes: boolean, out: (line: string) => void): Promise<boolean> {
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
  return true
}

async function remember(folder: DataFolder, before: Remembered | null, port: number | null): Promise<Remembered> {
  const last = before?.ports
  const { version } = JSON.parse(await readFile(resolve(import.meta.dirname, '../../package.json'), 'utf8')) as {
    version: string
  }
  const state: Remembered = {
    ports: {
      api: await choosePort(port ?? last?.api ?? 7777),
      mail: await choosePort(last?.mail ?? 7778),
      smtp: await choosePort(last?.smtp ?? 0),
      temporal: await choosePort(last?.temporal ?? 0),
      temporal_metrics: await choosePort(last?.temporal_metrics ?? 0),
      postgres: await choosePort(last?.postgres ?? 0),
    },
    children: {},
    wrote: { segin: version, temporal: TEMPORAL_VERSION, postgres: '18' },
  }
  const self = await identify(process.pid)
  if (self) state.supervisor = self
  await folder.save(state)
  await writeFile(folder.in('README'), 'Data of a Segin training installation: see docs/operator.md\n')
  return state
}
